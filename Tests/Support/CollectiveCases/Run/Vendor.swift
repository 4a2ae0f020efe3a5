package import CollectiveInterface
package import LibraryLoader
internal import NCCLBindings
internal import SUCCLBindings
internal import VCCLBindings

/// Whose library is checked.
package enum Vendor: String, CaseIterable {
  case nccl, succl, vccl

  /// Opens the library.
  package func load(_ options: LoadOptions) throws(LoadError) -> any CollectiveLibrary {
    switch self {
    case .nccl: try NCCLLibrary.load(options)
    case .succl: try SUCCLLibrary.load(options)
    case .vccl: try VCCLLibrary.load(options)
    }
  }
}
