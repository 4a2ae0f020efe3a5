import LibraryLoader
import TestSupport

/// A made-up vendor, FAKE, whose libraries the tests compile.
enum Fake {
  static let releases = [
    LibraryRelease(2, 7, 8), LibraryRelease(2, 28, 3), LibraryRelease(2, 28, 7),
  ]

  static let codeRules = [
    VersionCodeRule(below: 10_000, major: 1000, minor: 100, patch: 1),
    VersionCodeRule(below: nil, major: 10_000, minor: 100, patch: 1),
  ]

  static let version = VersionQuery.code(function: "fakeGetVersion", rules: codeRules)

  static let symbols = [
    SymbolDescription("fakeAllReduce", since: releases[0]),
    SymbolDescription("fakeGetVersion", since: releases[0]),
    SymbolDescription("fakeRevoke", since: releases[2]),
  ]

  static func description(
    vendor: String = "FAKE", variables: [String] = ["FAKE_LIBRARY_PATH", "OLD_FAKE_PATH"],
    names: [String] = ["libfake-not-installed.so.2", "libfake-not-installed.so"],
    version: VersionQuery = version, flavours: [FlavourDescription] = [],
    others: [StaticString] = [], symbols: [SymbolDescription] = symbols,
    releases: [LibraryRelease] = releases
  ) -> LibraryDescription {
    LibraryDescription(
      vendor: vendor, environmentVariables: variables, names: names, symbolPrefixes: ["fake"],
      version: version, lastErrorFunction: nil, releases: releases, flavours: flavours,
      otherSymbols: others, symbols: symbols)
  }

  /// C source of a library with that version code, fakeAllReduce returning `answer`, and more.
  static func source(version code: Int, answer: Int = 0, more: String = "") -> String {
    """
    int fakeGetVersion(int *code) { *code = \(code); return 0; }
    int fakeAllReduce(void) { return \(answer); }
    \(more)
    """
  }

  static func library(
    version code: Int = 22803, answer: Int = 0, more: String = "", flags: [String] = [],
    name: String = "libfake.so.2", in directory: TemporaryDirectory? = nil
  ) throws -> FixtureLibrary {
    try FixtureLibrary.compile(
      source: source(version: code, answer: answer, more: more), flags: flags, name: name,
      in: directory)
  }

  /// Opens a file, away from this process's environment.
  static func open(
    _ path: String, _ description: LibraryDescription = description(), flavour: String? = nil,
    probe: Bool = false
  ) throws(LoadError) -> LoadedLibrary {
    try LoadedLibrary.open(
      description,
      options: LoadOptions(path: path, flavour: flavour, probe: probe, environment: [:]))
  }
}

extension LoadedLibrary {
  /// The addresses that `fill` gives for a table of that many slots.
  func table(_ slotCount: Int) -> [UnsafeMutableRawPointer?] {
    var table = [UnsafeMutableRawPointer?](repeating: nil, count: slotCount)
    table.withUnsafeMutableBytes { fill($0) }
    return table
  }
}

/// Calls an `int f(void)`.
func call(_ address: UnsafeMutableRawPointer) -> Int {
  Int(unsafeBitCast(address, to: (@convention(c) () -> CInt).self)())
}

/// Calls an `int f(int)`.
func call(_ address: UnsafeMutableRawPointer, _ argument: Int) -> Int {
  Int(unsafeBitCast(address, to: (@convention(c) (CInt) -> CInt).self)(CInt(argument)))
}

/// Calls an `int f(int, int)`.
func call(_ address: UnsafeMutableRawPointer, _ first: Int, _ second: Int) -> Int {
  let function = unsafeBitCast(address, to: (@convention(c) (CInt, CInt) -> CInt).self)
  return Int(function(CInt(first), CInt(second)))
}
