import Glibc
import TestSupport
import Testing

@testable import LibraryLoader

/// Which file is opened, and what is said where none can be.
@Suite struct SearchTests {
  private func search(_ path: String?, _ environment: [String: String]) -> CandidateSearch {
    CandidateSearch(Fake.description(), LoadOptions(path: path, environment: environment))
  }

  @Test func order() {
    let both = ["FAKE_LIBRARY_PATH": "/new.so", "OLD_FAKE_PATH": "/old.so"]
    #expect(search("/x.so", both).candidates.map(\.path) == ["/x.so"])
    #expect(
      search("/x.so", both).passedOver.map(\.path)
        == ["/new.so", "/old.so", "libfake-not-installed.so.2", "libfake-not-installed.so"])
    #expect(
      search(nil, both).candidates
        == [Candidate(source: .environmentVariable("FAKE_LIBRARY_PATH"), path: "/new.so")])
    let old = ["FAKE_LIBRARY_PATH": "", "OLD_FAKE_PATH": "/old.so"]
    #expect(search(nil, old).candidates.map(\.path) == ["/old.so"])
    #expect(search(nil, old).emptyVariables == ["FAKE_LIBRARY_PATH"])
    #expect(
      search(nil, [:]).candidates.map(\.source)
        == [.soname("libfake-not-installed.so.2"), .soname("libfake-not-installed.so")])
    #expect(search(nil, [:]).passedOver == [])
  }

  @Test func sourcesArePrinted() {
    #expect(Candidate.Source.explicitPath.description == "path given")
    #expect(Candidate.Source.environmentVariable("A_PATH").description == "A_PATH")
    #expect(Candidate.Source.soname("liba.so.2").description == "soname liba.so.2")
  }

  @Test func eachSourceIsFound() throws {
    let given = try Fake.library(answer: 1).path
    let variable = try Fake.library(answer: 2).path
    let wellKnown = try Fake.library(answer: 3).path
    let description = Fake.description(names: ["libfake-not-installed.so", wellKnown])
    let environment = ["OLD_FAKE_PATH": variable]
    func open(_ path: String?, _ environment: [String: String]) throws -> (String, Int?) {
      let library = try LoadedLibrary.open(
        description, options: LoadOptions(path: path, environment: environment))
      return (library.foundBy.description, library.table(3)[0].map { call($0) })
    }
    #expect(try open(given, environment) == ("path given", 1))
    #expect(try open(nil, environment) == ("OLD_FAKE_PATH", 2))
    #expect(try open(nil, [:]) == ("soname \(wellKnown)", 3))
  }

  /// In a process of its own: other tests read the environment meanwhile.
  @Test func theProcessEnvironmentIsTheDefault() async {
    await #expect(processExitsWith: .success) {
      let path = try Fake.library().path
      let description = Fake.description(vendor: "ENV", variables: ["BINDGEN_COLL_TEST_LIBRARY"])
      setenv("BINDGEN_COLL_TEST_LIBRARY", path, 1)
      let library = try LoadedLibrary.open(description)
      #expect(library.path == path)
      #expect(library.foundBy == .environmentVariable("BINDGEN_COLL_TEST_LIBRARY"))
    }
  }

  /// A set variable with a missing file is an error, although a soname would be found.
  @Test(arguments: [false, true])
  func missingFileOfAVariable(probe: Bool) throws {
    let installed = try Fake.library().path
    let missing = try TemporaryDirectory().file("libfake.so.2")
    let error = #expect(throws: LoadError.self) {
      try LoadedLibrary.open(
        Fake.description(names: [installed]),
        options: LoadOptions(
          probe: probe,
          environment: ["FAKE_LIBRARY_PATH": missing, "OLD_FAKE_PATH": "/old/libfake.so"]))
    }
    #expect(
      error?.description == """
        FAKE: cannot load "\(missing)" (FAKE_LIBRARY_PATH)
          \(missing): cannot open shared object file: No such file or directory
          Not tried, because of the value of FAKE_LIBRARY_PATH:
            "/old/libfake.so" (OLD_FAKE_PATH)
            soname \(installed)
          To fix: set FAKE_LIBRARY_PATH to the path of the library file, or unset it, to have it \
        searched for.
        """)
  }

  @Test func missingFileOfAPath() throws {
    let missing = try TemporaryDirectory().file("none.so")
    let error = #expect(throws: LoadError.self) { try Fake.open(missing) }
    guard case .notFound(let failure) = error else { throw try #require(error) }
    #expect(failure.attempts.map(\.candidate.path) == [missing])
    #expect(failure.passedOver.count == 2)
    #expect(failure.attempts[0].hint == nil)
    #expect(error?.description.contains("give the path of the library file, or none") == true)
  }

  @Test func nothingInstalled() throws {
    let error = #expect(throws: LoadError.self) {
      try LoadedLibrary.open(
        Fake.description(), options: LoadOptions(environment: ["OLD_FAKE_PATH": ""]))
    }
    let why = "cannot open shared object file: No such file or directory"
    #expect(
      error?.description == """
        FAKE: no library found
          soname libfake-not-installed.so.2: libfake-not-installed.so.2: \(why)
          soname libfake-not-installed.so: libfake-not-installed.so: \(why)
          OLD_FAKE_PATH is set, but empty, so it does not count.
          To fix: set FAKE_LIBRARY_PATH or OLD_FAKE_PATH to, or give, the path of the library \
        file, or add its directory to LD_LIBRARY_PATH.
        """)
  }

  @Test func linksAreResolved() throws {
    let library = try Fake.library(name: "libfake.so.2.28.3")
    let link = library.directory.file("libfake.so")
    try #require(symlink(library.path, link) == 0)
    let loaded = try Fake.open(link)
    #expect(loaded.requestedPath == link)
    #expect(loaded.path == library.path)
    #expect(try Fake.open(library.path) === loaded)
  }

  @Test func bareNamesGoToTheLoadersSearch() throws {
    // Every process has this one loaded, so the loader finds it by name; it is just not FAKE's.
    let error = #expect(throws: LoadError.self) { try Fake.open("libc.so.6") }
    guard case .wrongLibrary(let failure) = error else { throw try #require(error) }
    #expect(failure.path.hasSuffix("/libc.so.6"))
  }
}
