import Files
import TestSupport
import Testing

@testable import HeaderReader

@Suite struct LibclangTests {
  private func environment(_ values: [String: String]) -> (String) -> String? { { values[$0] } }

  private func failure(path: String? = nil, _ values: [String: String]) -> LibclangError? {
    #expect(throws: LibclangError.self) {
      try Libclang(path: path, environment: environment(values))
    }
  }

  @Test func opensOneAndKnowsItsVersion() throws {
    let libclang = try Libclangs.chosen.get()
    #expect(libclang.version.contains("clang version"))
    #expect(libclang.attempts.last?.failure == nil)
    #expect(libclang.attempts.last?.path == libclang.path)
  }

  @Test func takesThePathThatTheUserNamesAndNoOther() throws {
    let good = try #require(Libclangs.all.first).path
    let libclang = try Libclang(
      path: good, environment: environment(["BINDGEN_COLL_LIBCLANG": "/nowhere.so"]))
    #expect(libclang.attempts.map(\.origin) == [.option])
    let error = failure(path: "/nowhere/libclang.so", ["BINDGEN_COLL_LIBCLANG": good])
    #expect(error?.attempts.count == 1)
    let text = try #require(error?.description)
    #expect(
      text == """
        cannot open libclang
          /nowhere/libclang.so (given by the user): /nowhere/libclang.so: cannot open shared object \
        file: No such file or directory
          help: name a libclang.so of LLVM 14 or later, or leave the choice to bindgen-coll
        """)
  }

  @Test func takesThePathThatTheEnvironmentNames() throws {
    let good = try #require(Libclangs.all.last).path
    let libclang = try Libclang(environment: environment(["BINDGEN_COLL_LIBCLANG": good]))
    #expect(libclang.path == good)
    #expect(libclang.attempts.map(\.origin) == [.environment])
    #expect(failure(["BINDGEN_COLL_LIBCLANG": "/nowhere.so"])?.attempts.count == 1)
  }

  @Test func refusesALibraryThatIsNotLibclang() throws {
    let fixture = try FixtureLibrary.compile(source: "int clang_createIndex(void) { return 0; }")
    let error = failure(path: fixture.path, [:])
    let failure = try #require(error?.attempts.first?.failure)
    #expect(failure.hasPrefix("it lacks clang_"))
    #expect(failure.hasSuffix(", so it is older than LLVM 14"))
    let text = try TemporaryDirectory().write("not a library", to: "libclang.so")
    #expect(self.failure(path: text, [:])?.attempts.first?.failure?.isEmpty == false)
  }

  @Test func looksBesideTheCompilerFirst() throws {
    let directory = try TemporaryDirectory()
    for path in ["toolchain/usr/bin", "path", "other/bin"] {
      try Files.makeDirectory(directory.file(path))
    }
    for program in ["toolchain/usr/bin/swift-driver", "other/bin/clang"] {
      try directory.write("#!/bin/sh\n", to: program)
      try runTool("chmod", ["+x", directory.file(program)])
    }
    try runTool(
      "ln", ["-s", directory.file("toolchain/usr/bin/swift-driver"), directory.file("path/swift")])
    let candidates = LibclangCandidates(
      path: nil,
      environment: environment([
        "PATH": "/nowhere:\(directory.file("path")):\(directory.file("other/bin"))"
      ]))
    #expect(
      Array(candidates.prefix(2)).map(\.path) == [
        directory.file("toolchain/usr/lib/libclang.so"), directory.file("other/lib/libclang.so"),
      ])
  }

  @Test func triesTheNewestOfTheSystemFirst() {
    let candidates = Array(LibclangCandidates(path: nil, environment: environment([:])))
    let versions = candidates.filter { $0.path.hasPrefix("/usr/lib/llvm-") }.compactMap {
      Int($0.path.dropFirst("/usr/lib/llvm-".count).prefix { $0.isNumber })
    }
    #expect(versions == versions.sorted(by: >))
    #expect(candidates.suffix(2).map(\.path) == ["libclang.so", "libclang.so.1"])
    #expect(candidates.allSatisfy { !$0.path.contains("libclang-cpp") })
  }

  @Test func saysWhatToInstall() {
    let error = LibclangError(attempts: [
      LibclangAttempt(path: "libclang.so", origin: .loader, failure: "not found")
    ])
    #expect(
      error.description == """
        cannot open libclang
          libclang.so (the loader's search path): not found
          help: install one (`apt-get install libclang-dev`), or name it with --libclang PATH or \
        BINDGEN_COLL_LIBCLANG
        """)
  }
}
