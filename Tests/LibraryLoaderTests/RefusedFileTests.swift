import ELFSymbols
import Foundation
import LibraryLoader
import TestSupport
import Testing

/// Files that are there and cannot be loaded: the loader's words, and what they leave out.
@Suite struct RefusedFileTests {
  private func attempt(_ path: String) throws -> LoadError.Attempt {
    let error = #expect(throws: LoadError.self) { try Fake.open(path) }
    guard case .notFound(let failure) = error else { throw try #require(error) }
    return try #require(failure.attempts.first)
  }

  @Test func text() throws {
    let path = try TemporaryDirectory().write(
      "version https://git-lfs.github.com/spec/v1\n", to: "libfake.so")
    let attempt = try attempt(path)
    #expect(attempt.message.hasPrefix("\(path): "))
    #expect(
      attempt.hint
        == "the file is not an ELF file: it starts with the text \"version https://git-\"")
  }

  /// The loader calls a library for another machine a missing file.
  @Test func anotherMachine() throws {
    var bytes = try Fake.library().bytes()
    let host = try #require(ELFIdentity.Machine.host)
    bytes[18] = host.rawValue == 183 ? 62 : 183
    let path = try TemporaryDirectory().write(bytes, to: "libfake.so")
    let attempt = try attempt(path)
    #expect(attempt.message == "\(path): cannot open shared object file: No such file or directory")
    let other = ELFIdentity.Machine(rawValue: UInt16(bytes[18]))
    #expect(attempt.hint == "the file is there, but built for \(other); this process is \(host)")
  }

  @Test func thirtyTwoBits() throws {
    var bytes = try Fake.library().bytes()
    bytes[4] = 1
    let attempt = try attempt(try TemporaryDirectory().write(bytes, to: "libfake.so"))
    #expect(attempt.message.contains("wrong ELF class"))
    #expect(attempt.hint == "the file is there, but built for a 32-bit process")
  }

  @Test func directory() throws {
    let library = try Fake.library(name: "libknown.so")
    let folder = library.directory.path
    let description = Fake.description(names: ["libother.so", "libknown.so"])
    let error = #expect(throws: LoadError.self) { try Fake.open(folder, description) }
    #expect(
      error?.description.contains(
        "this is a directory; name the file: \"\(folder)/libknown.so\"") == true)
    #expect(
      try attempt(try TemporaryDirectory().path).message
        == "this is a directory; name the library file in it")
  }

  @Test func namesThatAreNoNames() throws {
    #expect(try attempt("").message == "the path is empty")
    #expect(try attempt("/lib/a\0b.so").message == "the path contains a NUL character")
    #expect(
      try attempt("~/libfake.so").hint
        == "\"~\" is not expanded here; write the home directory out")
  }

  @Test func danglingLink() throws {
    let link = try TemporaryDirectory().file("libfake.so")
    try #require(symlink("/nowhere/libfake.so.2", link) == 0)
    #expect(try attempt(link).hint == "this is a symbolic link whose target is missing")
  }

  @Test func missingDependency() throws {
    let directory = try TemporaryDirectory()
    try FixtureLibrary.compile(
      source: "int helper(void) { return 1; }", flags: ["-Wl,-soname,libgone.so.7"],
      name: "libgone.so", in: directory)
    let library = try Fake.library(
      more: "int helper(void); int fakeHelp(void) { return helper(); }",
      flags: ["-L\(directory.path)", "-lgone"])
    let attempt = try attempt(library.path)
    #expect(attempt.message.hasPrefix("libgone.so.7: cannot open shared object file"))
    #expect(
      attempt.hint
        == "the file is there; libgone.so.7, which it depends on, is what was not found")
  }

  @Test func undefinedSymbol() throws {
    let library = try Fake.library(more: "int gone(void); int fakeGone(void) { return gone(); }")
    let attempt = try attempt(library.path)
    #expect(attempt.message.contains("undefined symbol: gone"))
    #expect(attempt.hint == nil)
  }

  @Test func anotherLibrary() throws {
    let path = try FixtureLibrary.compile(source: "int unrelated;").path
    for probe in [false, true] {
      let error = #expect(throws: LoadError.self) { try Fake.open(path, probe: probe) }
      #expect(
        error?.description == """
          FAKE: "\(path)" (path given) is not a FAKE library: it exports none of its 3 functions
            opened: \(path)
          """)
    }
  }

  @Test func unknownFlavour() throws {
    let flavours = [
      FlavourDescription("left", summary: "l"), FlavourDescription("right", summary: "r"),
    ]
    let error = #expect(throws: LoadError.self) {
      try Fake.open("/none.so", Fake.description(flavours: flavours), flavour: "middle")
    }
    #expect(
      error?.description == "FAKE: there is no flavour \"middle\"; use one of: left, right")
    let none = #expect(throws: LoadError.self) { try Fake.open("/none.so", flavour: "left") }
    #expect(none?.description.hasSuffix("FAKE has no flavours: leave it out") == true)
  }
}
