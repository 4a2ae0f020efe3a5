import Foundation
import LibraryLoader
import NCCLBindings
import TestSupport

/// A library that is compiled beside the real header of an NCCL release; see Fixtures/nccl.c.
struct NCCLFixture {
  let nccl: NCCLLibrary

  /// `fields` are C statements that set fields of the structures.
  init(_ release: String, fields: String = "") throws {
    let directory = try TemporaryDirectory()
    let include = try directory.write(fields, to: "fields.inc")
    let fixture = try FixtureLibrary.compile(
      source: try fixtureSource("nccl.c"),
      flags: headerFlags(release) + ["-Wall", "-Wextra", "-Werror", "-DFIELDS=\"\(include)\""],
      name: "libnccl.so.2", in: directory)
    nccl = try NCCLLibrary.load(path: fixture.path)
  }

  /// What every call returns from now on.
  func setStatus(_ status: Int32) throws {
    try function("setStatus", as: (@convention(c) (Int32) -> Void).self)(status)
  }

  func text(_ index: Int32) throws -> String {
    String(
      cString: try function(
        "text", as: (@convention(c) (Int32) -> UnsafePointer<CChar>).self)(index))
  }

  /// A number that the last call's structure held.
  func number(_ name: String) throws -> UInt64 {
    try function(name, as: (@convention(c) () -> UInt64).self)()
  }

  /// A structure's bytes as C makes them, nil where the release does not have it.
  func bytes(_ structure: StructureDescription, isFilled: Bool) throws -> [UInt8]? {
    typealias Look =
      @convention(c) (
        UnsafePointer<CChar>, Int32, UnsafeMutablePointer<UnsafeRawPointer?>
      ) -> Int
    if isFilled { try function("fill", as: (@convention(c) () -> Void).self)() }
    let look = try function("structure", as: Look.self)
    var start: UnsafeRawPointer?
    let size = look("\(structure.name)", isFilled ? 1 : 0, &start)
    guard size > 0, let start else { return nil }
    return Array(UnsafeRawBufferPointer(start: start, count: size))
  }

  private func function<Function>(_ name: String, as type: Function.Type) throws -> Function {
    guard let address = nccl.library.address(ofSymbol: "fixture_\(name)") else {
      throw Unexpected("the fixture has no \(name)")
    }
    return unsafeBitCast(address, to: type)
  }
}

/// The text of a file in Fixtures.
func fixtureSource(_ name: String) throws -> String {
  try String(
    contentsOfFile: "\(repositoryRoot())/Tests/GeneratedModuleTests/Fixtures/\(name)",
    encoding: .utf8)
}
