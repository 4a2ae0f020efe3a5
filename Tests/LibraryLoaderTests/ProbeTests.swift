import Foundation
import LibraryLoader
import TestSupport
import Testing

/// Libraries that would take the process with them.
@Suite struct ProbeTests {
  private func constructor(_ body: String, version: Int = 22803) throws -> String {
    let more = """
      #define _GNU_SOURCE
      #include <fcntl.h>
      #include <signal.h>
      #include <stdio.h>
      #include <stdlib.h>
      #include <string.h>
      #include <sys/stat.h>
      #include <sys/sysmacros.h>
      #include <unistd.h>
      __attribute__((constructor)) static void begin(void) { \(body) }
      """
    return try FixtureLibrary.compile(
      source: more + "\n" + Fake.source(version: version), name: "libfake.so.2"
    ).path
  }

  private func failure(
    _ path: String, timeout: Duration = .seconds(60)
  ) throws -> LoadError.ProbeFailure {
    let error = #expect(throws: LoadError.self) {
      try LoadedLibrary.open(
        Fake.description(),
        options: LoadOptions(path: path, probe: true, probeTimeout: timeout, environment: [:]))
    }
    guard case .probeFailed(let failure) = error else { throw try #require(error) }
    return failure
  }

  @Test func good() throws {
    let path = try Fake.library(version: 22807, answer: 7).path
    let library = try Fake.open(path, probe: true)
    #expect(library.release == LibraryRelease(2, 28, 7))
    #expect(library.table(3)[0].map { call($0) } == 7)
  }

  @Test func crashOnLoad() throws {
    let path = try constructor("abort();")
    let failure = try failure(path)
    #expect(failure.ending == .crashed(signal: 6))
    #expect(failure.activity == .loading)
    #expect(
      LoadError.probeFailed(failure).description == """
        FAKE: "\(path)" (path given) crashed while it was loaded: SIGABRT (signal 6)
          That was in a child process; it was not loaded into this one.
        """)
  }

  /// This process's handlers (Swift's backtracer) do not see the child's crash.
  @Test func segmentationFault() throws {
    let failure = try failure(try constructor("*(volatile int *)8 = 1;"))
    #expect(failure.ending == .crashed(signal: 11))
  }

  @Test func exitOnLoad() throws {
    let failure = try failure(try constructor("exit(3);"))
    #expect(failure.ending == .exited(code: 3))
    #expect(
      LoadError.probeFailed(failure).description.contains(
        "ended the process while it was loaded, with exit code 3"))
    #expect(try self.failure(try constructor("_exit(0);")).ending == .exited(code: 0))
  }

  @Test func hangOnLoad() throws {
    let path = try constructor("for (;;) pause();")
    // Long enough for the child to come to the constructor.
    let timeout = Duration.seconds(3)
    let failure = try failure(path, timeout: timeout)
    #expect(failure.ending == .timedOut(timeout))
    #expect(
      LoadError.probeFailed(failure).description.contains(
        "did not return while it was loaded within 3.0 seconds"))
  }

  /// It defends itself against every signal that can be caught, and closes the pipe.
  @Test func stubbornHang() throws {
    let body = """
      for (int s = 1; s < 64; s++) signal(s, SIG_IGN);
      for (int d = 3; d < 256; d++) close(d);
      for (;;) pause();
      """
    let timeout = Duration.milliseconds(300)
    #expect(try failure(try constructor(body), timeout: timeout).ending == .timedOut(timeout))
  }

  /// A process that the library leaves behind holds the pipe; the crash is seen all the same, and
  /// not only at the deadline.
  @Test func crashWithAProcessLeftBehind() throws {
    let path = try constructor(
      "if (fork() == 0) { alarm(40); for (;;) pause(); } raise(SIGILL);")
    let start = ContinuousClock.now
    #expect(try failure(path, timeout: .seconds(30)).ending == .crashed(signal: 4))
    #expect(ContinuousClock.now - start < .seconds(25))
  }

  @Test func crashInTheVersionFunction() throws {
    let path = try FixtureLibrary.compile(
      source: """
        #include <stdlib.h>
        int fakeGetVersion(int *code) { abort(); }
        """
    ).path
    let failure = try failure(path)
    #expect(failure.ending == .crashed(signal: 6))
    #expect(failure.activity == .calling("fakeGetVersion"))
    #expect(
      LoadError.probeFailed(failure).description.contains(
        "crashed in its fakeGetVersion: SIGABRT (signal 6)"))
  }

  /// What the library prints does not get into the program's output, and the child has no core.
  @Test func silence() throws {
    let body = """
      struct stat s;
      for (int d = 0; d < 3; d++)
        if (fstat(d, &s) != 0 || s.st_rdev != makedev(1, 3)) abort();
      """
    // In this process the constructor would abort: only the child may run it.
    let path = try constructor(body + "if (getppid() == \(getpid())) exit(5);")
    #expect(try failure(path).ending == .exited(code: 5))
  }

  /// What this process has open is not the library's; the child has the pipe to it, and no more.
  @Test func descriptors() throws {
    let body = """
      int count = 0;
      for (int d = 3; d < 4096; d++) count += fcntl(d, F_GETFD) >= 0;
      if (getppid() == \(getpid())) exit(count);
      """
    let path = try constructor(body)
    let file = open(path, O_RDONLY)
    defer { close(file) }
    #expect(try failure(path).ending == .exited(code: 1))
  }

  @Test func loadersWordsComeFromTheChild() throws {
    let path = try Fake.library(more: "int gone(void); int fakeGone(void) { return gone(); }").path
    let error = #expect(throws: LoadError.self) { try Fake.open(path, probe: true) }
    guard case .notFound(let failure) = error else { throw try #require(error) }
    #expect(failure.attempts[0].message.contains("undefined symbol: gone"))
  }

  @Test func aLoadedLibraryIsNotProbedAgain() throws {
    // Its version can be asked for in this process, and never in a child of it.
    let path = try FixtureLibrary.compile(
      source: """
        #include <stdlib.h>
        #include <unistd.h>
        int fakeGetVersion(int *code) {
          if (getppid() == \(getpid())) abort();
          *code = 22803;
          return 0;
        }
        """
    ).path
    #expect(try failure(path).ending == .crashed(signal: 6))
    let library = try Fake.open(path)
    #expect(try Fake.open(path, probe: true) === library)
  }
}
