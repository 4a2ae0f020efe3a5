import ELFSymbols
import Foundation
import TestSupport
import Testing

/// A library with one symbol of every kind.
private let everyKind = """
  #define _GNU_SOURCE
  #include <fcntl.h>
  extern int elsewhere(int);
  extern int perhaps(int) __attribute__((weak));
  int plainFunction(int x) { return elsewhere(x); }
  __attribute__((weak)) int weakFunction(int x) { return perhaps ? perhaps(x) : 0; }
  __attribute__((visibility("protected"))) int protectedFunction(void) { return 1; }
  __attribute__((visibility("hidden"))) int hiddenFunction(void) { return 2; }
  int object = 7;
  __thread int threadLocal = 8;
  static int chosen(void) { return 3; }
  static void *choose(void) { return chosen; }
  int indirectFunction(void) __attribute__((ifunc("choose")));
  int newest(int fd) { return fcntl64(fd, F_GETFD); }
  """

@Suite struct SharedObjectTests {
  private func fixture(_ flags: [String] = []) throws -> FixtureLibrary {
    try FixtureLibrary.compile(
      source: everyKind, flags: ["-Wl,-soname,libkinds.so.3"] + flags, name: "libkinds.so")
  }

  private func symbols(_ object: SharedObject) -> [String: DynamicSymbol] {
    Dictionary(object.symbols.map { ($0.name, $0) }) { first, _ in first }
  }

  @Test func everyKindOfSymbol() throws {
    let object = try SharedObject(contentsOf: try fixture().path)
    let all = symbols(object)
    let plain = try #require(all["plainFunction"])
    #expect(plain.isDefined && plain.isExported)
    #expect(plain.binding == .global)
    #expect(plain.kind == .function)
    #expect(plain.visibility == .normal)
    #expect(plain.address != 0)
    #expect(all["weakFunction"]?.binding == .weak)
    #expect(all["weakFunction"]?.isExported == true)
    #expect(all["protectedFunction"]?.visibility == .protected)
    #expect(all["protectedFunction"]?.isExported == true)
    #expect(all["hiddenFunction"] == nil)
    #expect(all["object"]?.kind == .object)
    #expect(all["threadLocal"]?.kind == .threadLocal)
    #expect(all["indirectFunction"]?.kind == .indirectFunction)
    let undefined = try #require(all["elsewhere"])
    #expect(!undefined.isDefined && !undefined.isExported)
    #expect(all["perhaps"]?.binding == .weak)
    #expect(all["perhaps"]?.isDefined == false)
  }

  @Test func namesAndNeeds() throws {
    let object = try SharedObject(contentsOf: try fixture().path)
    #expect(object.soname == "libkinds.so.3")
    #expect(object.needed == ["libc.so.6"])
    #expect(object.requiredGLIBC?.description == "2.28")  // fcntl64's, on every machine.
    #expect(object.identity.machine == .host)
    #expect(object.identity.wordSize == .bits64)
    #expect(object.identity.byteOrder == .little)
    #expect(object.identity.type == 3)
  }

  /// A symbol's version says which library it was linked to; without one nothing does.
  @Test func librariesOfUndefinedSymbols() throws {
    let all = symbols(try SharedObject(contentsOf: try fixture().path))
    #expect(all["fcntl64"]?.library == "libc.so.6")
    #expect(all["elsewhere"]?.isDefined == false && all["elsewhere"]?.library == nil)
    #expect(all["perhaps"]?.binding == .weak && all["perhaps"]?.library == nil)
    #expect(all["plainFunction"]?.library == nil)
  }

  @Test func noSonameAndNoNeeds() throws {
    let library = try FixtureLibrary.compile(source: "int alone;", flags: ["-nostdlib"])
    let object = try SharedObject(contentsOf: library.path)
    #expect(object.soname == nil)
    #expect(object.needed == [])
    #expect(object.requiredGLIBC == nil)
    #expect(object.symbols.map(\.name).contains("alone"))
  }

  /// Without section headers the count comes from the hash table, of either style.
  @Test(arguments: ["gnu", "sysv", "both"])
  func segmentsSayTheSameAsSections(hashStyle: String) throws {
    let bytes = try fixture(["-Wl,--hash-style=\(hashStyle)"]).bytes()
    let bySections = try SharedObject(bytes: bytes, path: "a.so")
    let bySegments = try SharedObject(bytes: withoutSections(bytes), path: "a.so")
    #expect(bySections.symbols.count > 10)
    #expect(bySegments.symbols == bySections.symbols)
    #expect(bySegments.soname == bySections.soname)
    #expect(bySegments.needed == bySections.needed)
    #expect(bySegments.requiredGLIBC == bySections.requiredGLIBC)
  }

  @Test(.enabled(if: findTool("nm") != nil, "nm is not in PATH"))
  func agreesWithNm() throws {
    let path = try runTool("clang", ["-print-file-name=libc.so.6"])
      .trimmingCharacters(in: .newlines)
    let printed = try runTool("nm", ["-D", "--defined-only", "--without-symbol-versions", path])
    let expected = Set(
      printed.split(separator: "\n").compactMap { $0.split(separator: " ").last.map(String.init) })
    let object = try SharedObject(contentsOf: path)
    let defined = Set(object.symbols.filter { $0.isDefined }.map(\.name))
    #expect(defined.count > 1000)
    #expect(defined == expected)
  }
}

/// The same file with the section header table cut from its ELF header.
func withoutSections(_ bytes: [UInt8]) -> [UInt8] {
  var bytes = bytes
  for position in Array(40..<48) + Array(58..<64) { bytes[position] = 0 }
  return bytes
}
