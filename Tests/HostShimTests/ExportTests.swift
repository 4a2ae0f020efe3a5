import CollectiveInterface
import ELFSymbols
import LibraryLoader
import NCCLBindings
import SUCCLBindings
import TestSupport
import Testing
import VCCLBindings

/// What the shims' files show to the dynamic loader.
@Suite struct ExportTests {
  /// What a vendor has and the engine has not.
  private static let missing: [HostVendor: Set<CollectiveOperation>] = [
    .nccl: [
      .allGatherConfig, .allReduceConfig, .allToAllConfig, .broadcastConfig, .gatherConfig,
      .reduceConfig, .reduceScatterConfig, .scatterConfig, .putSignal, .signal, .waitSignal,
      .commGrow, .commGetUniqueID, .commSuspend, .commResume, .commMemStats, .commWindowRegister,
      .commWindowDeregister, .windowGetUserPointer, .groupSimulateEnd, .paramGetParameter,
    ]
  ]

  @Test("An operation is exported, or known to be missing", arguments: HostVendor.allCases)
  func operations(vendor: HostVendor) throws {
    let library = try vendor.load()
    let known = CollectiveOperation.allCases.filter { library.slots(of: $0) != nil }
    #expect(!known.isEmpty)
    let missing = known.filter { !library.isAvailable($0) }
    #expect(Set(missing) == Self.missing[vendor, default: []])
  }

  @Test("A call that is missing says so, and of which file")
  func unavailable() throws {
    let library = try HostVendor.nccl.load()
    let error = try #require(throws: CollectiveError.self) {
      try library.call(.commSuspend, CommunicatorArguments())
    }
    #expect(error.kind == .symbolUnavailable)
    #expect("\(error)".contains("libnccl-host.so"))
  }

  private static let hostFunctions: Set<String> = [
    "hostCollectivesDescription", "hostCollectivesLastError", "hostStreamCreate",
    "hostStreamDestroy", "hostStreamQuery", "hostStreamSynchronize",
  ]

  @Test("Nothing else is exported: neither the engine nor twins", arguments: HostVendor.allCases)
  func symbols(vendor: HostVendor) throws {
    let exported = try exports(of: vendor.path)
    let functions: [String] =
      switch vendor {
      case .nccl: NCCLFunction.all.map(\.description)
      case .succl: SUCCLFunction.all.map(\.description)
      case .vccl: VCCLFunction.all.map(\.description)
      }
    #expect(exported.isSuperset(of: Self.hostFunctions))
    #expect(exported.subtracting(Self.hostFunctions).subtracting(functions) == [])
  }

  /// Without what linkers define in every file.
  private func exports(of path: String) throws -> Set<String> {
    let names = try SharedObject(contentsOf: path).symbols.filter(\.isExported).map(\.name)
    return Set(names).subtracting(["__bss_start", "_edata", "_end"])
  }

  @Test("Each shim has its own state and says whose library it plays")
  func sideBySide() throws {
    let names = try HostVendor.allCases.map { vendor in
      let library = try vendor.load()
      let describe = try library.hostFunction(
        "hostCollectivesDescription", as: (@convention(c) () -> UnsafePointer<CChar>).self)
      return String(cString: describe())
    }
    #expect(
      names
        == ["NCCL 2.32.3", "SUCCL 2.0.0", "VCCL 2.29.2"].map {
          "bindgen-coll HostCollectives, a CPU stand-in for \($0); for development and tests"
        })
    // A communicator of one is a stranger to the other.
    let results = try onAllRanks(1, of: .nccl) { rank in
      let vccl = try HostVendor.vccl.load()
      do throws(CollectiveError) {
        _ = try vccl.call(.commCount) { $0.comm = rank.comm }
        return false
      } catch {
        return error.codeName == "invalidArgument"
      }
    }
    #expect(results == [true])
  }

  @Test("No loader finds a shim by itself: it is none of the vendors' names")
  func names() throws {
    let files = Set(HostVendor.allCases.map { $0.path.split(separator: "/").last.map(String.init) })
    let candidates = [
      NCCLLibrary.description.names, SUCCLLibrary.description.names,
      VCCLLibrary.description.names,
    ].flatMap(\.self)
    #expect(candidates.allSatisfy { !files.contains($0) })
  }
}
