import LibraryLoader
import MeshBindings
import OrbBindings
import TestSupport

/// C libraries behind the composite cases' own headers, compiled once.
enum Fixture {
  /// Releases of Mesh, old to new.
  static let releases = ["1.0.0", "2.0.0", "2.1.0"]

  private static let meshPaths = Result {
    try releases.map {
      try compile("mesh.c", header: "composite-mesh/header-\($0).h", name: "libmesh-\($0).so")
    }
  }

  private static let orbPaths = Result {
    try ["buffer", "pointer"].map {
      try compile(
        "orb.c", header: "composite-orb/header-3.1.0-relay-\($0).h", name: "liborb-\($0).so",
        flags: ["-DRELAY_\($0.uppercased())"])
    }
  }

  static func mesh(_ release: String) throws -> MeshLibrary {
    let path = try meshPaths.get()[releases.firstIndex(of: release) ?? 0]
    // The library is the test's own: there is no need to try it in another process.
    return try MeshLibrary.load(LoadOptions(path: path, probe: false, environment: [:]))
  }

  static func orb(_ build: String, flavour: String? = nil) throws -> OrbDriver {
    let path = try orbPaths.get()[build == "buffer" ? 0 : 1]
    return try OrbDriver.load(
      LoadOptions(path: path, flavour: flavour, probe: false, environment: [:]))
  }

  private static func compile(
    _ source: String, header: String, name: String, flags: [String] = []
  ) throws -> String {
    let tests = "\(repositoryRoot())/Tests"
    let directory = try TemporaryDirectory()
    let path = directory.file(name)
    try runTool(
      "clang",
      [
        "-shared", "-fPIC", "-std=gnu11", "-Wall", "-Wno-pointer-sign", "-o", path,
        "-DHEADER=\"\(tests)/Golden/\(header)\"", "\(tests)/CompositeTests/Fixtures/\(source)",
      ] + flags)
    return path
  }
}
