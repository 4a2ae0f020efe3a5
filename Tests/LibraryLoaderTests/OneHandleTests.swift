import Glibc
import TestSupport
import Testing

@testable import LibraryLoader

/// A table is filled from one loaded file, whatever else is in the process.
@Suite struct OneHandleTests {
  /// Another copy, loaded RTLD_GLOBAL before: the loader's default lookup would prefer it.
  @Test func aGlobalCopyIsNotMixedIn() throws {
    let first = try Fake.library(
      version: 22807, answer: 1, more: "int fakeRevoke(void) { return 1; }", name: "libcopy.so.2")
    let second = try Fake.library(version: 22803, answer: 2, name: "libcopy.so.2")
    let third = try FixtureLibrary.compile(
      source: Fake.source(version: 22803), name: "libtorch-like.so")
    try #require(dlopen(first.path, RTLD_NOW | RTLD_GLOBAL) != nil)
    try #require(dlopen(third.path, RTLD_NOW | RTLD_LOCAL) != nil)
    let everywhere = try #require(dlsym(nil, "fakeAllReduce"))
    #expect(call(everywhere) == 1)

    let library = try Fake.open(second.path)
    let table = library.table(3)
    #expect(library.release == LibraryRelease(2, 28, 3))
    #expect(table[0].map { call($0) } == 2)
    #expect(table[2] == nil)
    let copies = library.report().otherLoadedCopies
    #expect(copies.contains(LibraryReport.OtherCopy(path: first.path, isGlobal: true)))
    #expect(copies.contains(LibraryReport.OtherCopy(path: third.path, isGlobal: false)))
    #expect(!copies.contains { $0.path == second.path })
    #expect(
      library.report().description.contains("\n    \(first.path) (visible to all libraries)"))
  }

  /// Copies are told by their file's name, too, even without the vendor's functions.
  @Test func copiesByName() throws {
    let namesake = try FixtureLibrary.compile(source: "int a;", name: "libfamily.so.1.2")
    let stranger = try FixtureLibrary.compile(source: "int b;", name: "libfamily-net.so")
    let library = try Fake.open(try Fake.library(name: "libfamily.so.2").path)
    for path in [namesake.path, stranger.path] {
      try #require(dlopen(path, RTLD_NOW | RTLD_LOCAL) != nil)
    }
    let copies = library.report().otherLoadedCopies.map(\.path)
    #expect(copies.contains(namesake.path))
    #expect(!copies.contains(stranger.path))
  }

  /// dlsym also finds what a dependency exports; that is another library.
  @Test func aDependencysSymbolIsNotPickedUp() throws {
    let directory = try TemporaryDirectory()
    let dependency = try FixtureLibrary.compile(
      source: "int fakeRevoke(void) { return 13; } int helper(void) { return 1; }",
      flags: ["-Wl,-soname,libdependency.so"], name: "libdependency.so", in: directory)
    let path = try Fake.library(
      version: 22807, more: "int helper(void); int fakeHelp(void) { return helper(); }",
      flags: ["-L\(directory.path)", "-ldependency", "-Wl,-rpath,\(directory.path)"]
    ).path
    let library = try Fake.open(path)
    let handle = try #require(dlopen(path, RTLD_NOW | RTLD_LOCAL))
    #expect(dlsym(handle, "fakeRevoke").map { call($0) } == 13)  // The trap is set.
    #expect(!library.isAvailable(2))
    #expect(library.address(ofSymbol: "fakeRevoke") == nil)
    #expect(
      library.unavailable(2..<3).text?.contains(
        "; \(dependency.path), which it depends on, exports the name, but is not this library")
        == true)
  }

  /// A stub that only pulls in the real library is refused, and the error names the real one.
  @Test func aStubAroundTheLibrary() throws {
    let real = try Fake.library(flags: ["-Wl,-soname,libfake.so.2"])
    let stub = try FixtureLibrary.compile(
      source: "int stub;",
      flags: [
        "-Wl,--no-as-needed", real.path, "-Wl,-rpath,\(real.directory.path)",
      ], name: "libstub.so")
    let error = #expect(throws: LoadError.self) { try Fake.open(stub.path) }
    guard case .wrongLibrary(let failure) = error else { throw try #require(error) }
    #expect(failure.dependencyWithFunctions == real.path)
    #expect(error?.description.contains("name that one: \(real.path)") == true)
  }

  /// The version function is slow, so that several tasks are past the first look into the cache.
  @Test func oneFileIsOneObject() async throws {
    let library = try FixtureLibrary.compile(
      source: """
        #include <unistd.h>
        int fakeGetVersion(int *code) { usleep(100000); *code = 22803; return 0; }
        """)
    let link = library.directory.file("link.so")
    try #require(symlink(library.path, link) == 0)
    let description = Fake.description()
    let loaded = try await withThrowingTaskGroup(of: LoadedLibrary.self) { group in
      for index in 0..<100 {
        group.addTask {
          let path = index.isMultiple(of: 2) ? library.path : link
          return try Fake.open(path, description, probe: index % 10 == 9)
        }
      }
      var all: [LoadedLibrary] = []
      for try await one in group { all.append(one) }
      return all
    }
    #expect(loaded.count == 100)
    #expect(Set(loaded.map(ObjectIdentifier.init)).count == 1)
  }

  /// A child made while another thread loads the file would inherit it without its constructors run.
  @Test func probesWaitForLoadsUnderWay() async throws {
    let fixture = try FixtureLibrary.compile(
      source: """
        #include <unistd.h>
        static int isReady;
        __attribute__((constructor)) static void begin(void) { usleep(3000); isReady = 1; }
        int fakeGetVersion(int *code) { *code = 22803; return isReady ? 0 : 9; }
        """)
    let bytes = try fixture.bytes()
    for copy in 0..<60 {
      let path = try fixture.directory.write(bytes, to: "libcopy\(copy).so")
      try await withThrowingTaskGroup(of: Void.self) { group in
        for probe in [true, false] {
          group.addTask { _ = try Fake.open(path, probe: probe) }
        }
        try await group.waitForAll()
      }
    }
  }

  @Test func anotherTableIsAnotherObject() throws {
    let path = try Fake.library().path
    let all = try Fake.open(path)
    let fewer = try Fake.open(path, Fake.description(symbols: [Fake.symbols[1]]))
    #expect(all !== fewer)
    #expect(fewer.table(1)[0] == all.table(3)[1])
    #expect(try Fake.open(path) === all)
    #expect(try Fake.open(path, Fake.description(vendor: "OTHER")) !== all)
  }
}
