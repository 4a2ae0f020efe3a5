import HeaderModel
import Testing

@testable import BindingPlan

/// How a version code decodes, and how a header says its release.
@Suite struct ReleaseTests {
  /// NCCL's: 2.8 and before have four digits.
  private static let rules = """
    library:
      versionCode:
        - {below: 10000, major: 1000, minor: 100, patch: 1}
        - {major: 10000, minor: 100, patch: 1}

    """

  @Test(
    "Codes by the old rule and by the new",
    arguments: [
      (2708, "2.7.8"), (2000, "2.0.0"), (9999, "9.9.99"), (10000, "1.0.0"), (20900, "2.9.0"),
      (22803, "2.28.3"), (23203, "2.32.3"), (100_000, "10.0.0"), (0, "0.0.0"), (-1, nil),
    ] as [(Int, String?)])
  func nccl(_ code: Int, _ expected: String?) throws {
    let rules = try Toy.profile(Self.rules).library.versionCode
    #expect(rules.lazy.compactMap { $0.decode(code) }.first?.description == expected)
  }

  @Test(
    "A code without patches, as CUDA's",
    arguments: [(12090, "12.9.0"), (13000, "13.0.0"), (1, "0.0.0")])
  func cuda(_ code: Int, _ expected: String) throws {
    let rule = VendorProfile.VersionRule(below: nil, major: 1000, minor: 10, patch: 0)
    #expect(rule.decode(code)?.description == expected)
  }

  @Test("A rule that divides by nothing decodes nothing")
  func zero() {
    #expect(VendorProfile.VersionRule().decode(100) == nil)
    #expect(VendorProfile.VersionRule(below: 50, major: 10).decode(50) == nil)
    #expect(VendorProfile.VersionRule(below: 50, major: 10).decode(49) == Release(4, 0, 0))
  }

  private func release(_ yaml: String, _ macros: [Macro]) throws -> String? {
    try Toy.profile(yaml).release(of: Toy.header(macros: macros))?.description
  }

  @Test("From macros for the parts")
  func parts() throws {
    let yaml = "header: {file: a.h, release: [TOY_MAJOR, TOY_MINOR, TOY_PATCH]}\n"
    let macros = [Toy.macro("TOY_MAJOR", 2), Toy.macro("TOY_MINOR", 28), Toy.macro("TOY_PATCH", 3)]
    #expect(try release(yaml, macros) == "2.28.3")
    #expect(try release(yaml, Array(macros.dropLast())) == nil)
    #expect(try release(yaml, macros.dropLast() + [Macro(name: "TOY_PATCH", body: "x")]) == nil)
    #expect(try release(yaml, macros.dropLast() + [Toy.macro("TOY_PATCH", -1)]) == nil)
    #expect(
      try release(yaml, macros.dropLast() + [Toy.macro("TOY_PATCH", Int128(Int64.max) + 1)]) == nil)
  }

  @Test("From fewer parts")
  func fewerParts() throws {
    let macros = [Toy.macro("TOY_MAJOR", 12), Toy.macro("TOY_MINOR", 9)]
    #expect(
      try release("header: {file: a.h, release: [TOY_MAJOR, TOY_MINOR]}\n", macros) == "12.9.0")
    #expect(try release("header: {file: a.h, release: [TOY_MAJOR]}\n", macros) == "12.0.0")
  }

  @Test("From one macro and the library's rules")
  func code() throws {
    let yaml = "header: {file: a.h, releaseCode: TOY_CODE}\n" + Self.rules
    #expect(try release(yaml, [Toy.macro("TOY_CODE", 2708)]) == "2.7.8")
    #expect(try release(yaml, [Toy.macro("TOY_CODE", 22900)]) == "2.29.0")
    #expect(try release(yaml, [Toy.macro("OTHER", 22900)]) == nil)
    #expect(
      try release("header: {file: a.h, releaseCode: TOY_CODE}\n", [Toy.macro("TOY_CODE", 1)]) == nil
    )
  }

  @Test("From nothing")
  func none() throws {
    #expect(try release("header: {file: a.h}\n", []) == nil)
  }
}
