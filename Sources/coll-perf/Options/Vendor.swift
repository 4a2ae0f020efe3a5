internal import ArgumentParser
internal import CollectiveInterface
internal import LibraryLoader
internal import NCCLBindings
internal import SUCCLBindings
internal import VCCLBindings

/// Whose library is measured.
enum Vendor: String, Sendable, CaseIterable, ExpressibleByArgument {
  case nccl, succl, vccl

  func load(_ options: LoadOptions) throws(LoadError) -> any CollectiveLibrary {
    switch self {
    case .nccl: try NCCLLibrary.load(options)
    case .succl: try SUCCLLibrary.load(options)
    case .vccl: try VCCLLibrary.load(options)
    }
  }
}
