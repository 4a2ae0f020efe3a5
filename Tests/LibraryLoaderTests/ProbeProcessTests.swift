import Foundation
import LibraryLoader
import TestSupport
import Testing

/// What probes leave behind in the process; each test in a process of its own, because it looks at
/// what belongs to the whole process.
@Suite struct ProbeProcessTests {
  @Test func nothingIsLeftAfter200Probes() async {
    await #expect(processExitsWith: .success) {
      let good = try Fake.library()
      let bad = try FixtureLibrary.compile(
        source: """
          #include <stdlib.h>
          __attribute__((constructor)) static void begin(void) { abort(); }
          """)
      let missing = good.directory.file("missing.so")
      func probe(_ path: String) throws {
        _ = try LoadedLibrary.open(
          Fake.description(symbols: [SymbolDescription("noSuchFunction", since: Fake.releases[0])]),
          options: LoadOptions(path: path, probe: true, environment: [:]))
      }
      func descriptors() throws -> [String] {
        try FileManager.default.contentsOfDirectory(atPath: "/proc/self/fd").sorted()
      }
      #expect(throws: LoadError.self) { try probe(bad.path) }
      let before = try descriptors()
      for index in 0..<200 {
        #expect(throws: LoadError.self) { try probe(index % 20 == 0 ? bad.path : missing) }
      }
      // Fewer is no leak: what the compiler's run has left open is closed in its own time.
      let after = try descriptors()
      #expect(after.count <= before.count, "before: \(before), after: \(after)")
      let child = waitpid(-1, nil, WNOHANG)
      let error = errno
      #expect(child == -1 && error == ECHILD, "child \(child) was not reaped")
    }
  }

  /// The program's own exit handlers and unwritten output are not for the child to run and write.
  @Test func exitInTheChildFlushesNothing() async {
    await #expect(processExitsWith: .success) {
      let path = try FixtureLibrary.compile(
        source: """
          #include <stdlib.h>
          __attribute__((constructor)) static void begin(void) { exit(0); }
          """
      ).path
      let directory = try TemporaryDirectory()
      let file = try #require(fopen(directory.file("out"), "w"))
      fputs("once\n", file)
      #expect(throws: LoadError.self) { try Fake.open(path, probe: true) }
      fclose(file)
      let text = try String(contentsOfFile: directory.file("out"), encoding: .utf8)
      #expect(text == "once\n")
      // The temporary directories' exit handler has not run either.
      #expect(FileManager.default.fileExists(atPath: path))
    }
  }

  /// A program that ignores SIGCHLD has no children to wait for.
  @Test func ignoredChildSignal() async {
    await #expect(processExitsWith: .success) {
      let good = try Fake.library().path
      let bad = try FixtureLibrary.compile(
        source: """
          #include <stdlib.h>
          __attribute__((constructor)) static void begin(void) { abort(); }
          """
      ).path
      signal(SIGCHLD, SIG_IGN)
      #expect(try Fake.open(good, probe: true).release == LibraryRelease(2, 28, 3))
      let error = #expect(throws: LoadError.self) { try Fake.open(bad, probe: true) }
      guard case .probeFailed(let failure) = error else { throw try #require(error) }
      #expect(failure.ending == .unknown)
    }
  }

  /// Other threads hold the loader's lock now and then, as unwinders do; in the child it would then
  /// stay locked for ever.
  @Test func busyLoader() async {
    await #expect(processExitsWith: .success) {
      let busy = try FixtureLibrary.compile(
        source: """
          #define _GNU_SOURCE
          #include <link.h>
          #include <pthread.h>
          #include <unistd.h>
          static int hold(struct dl_phdr_info *info, size_t size, void *data) {
            usleep(300);
            return 1;
          }
          static void *run(void *unused) {
            for (;;) { dl_iterate_phdr(hold, 0); usleep(2000); }
          }
          __attribute__((constructor)) static void begin(void) {
            pthread_t thread;
            pthread_create(&thread, 0, run, 0);
          }
          """)
      // Never loaded into this process, so each open makes a probe.
      let incomplete = try Fake.library(
        more: "int gone(void); int fakeGone(void) { return gone(); }")
      try #require(dlopen(busy.path, RTLD_NOW | RTLD_LOCAL) != nil)
      for _ in 0..<40 {
        let error = #expect(throws: LoadError.self) { try Fake.open(incomplete.path, probe: true) }
        #expect(error?.description.contains("undefined symbol: gone") == true)
      }
    }
  }

  /// With closed standard descriptors the pipe takes their numbers.
  @Test func closedStandardDescriptors() async {
    await #expect(processExitsWith: .success) {
      let path = try Fake.library().path
      for descriptor in [0, 1, 2] as [Int32] { close(descriptor) }
      let library = try? Fake.open(path, probe: true)
      exit(library?.release == LibraryRelease(2, 28, 3) ? 0 : 1)
    }
  }

  @Test func noProcessToBeHad() async {
    await #expect(processExitsWith: .success) {
      let path = try Fake.library().path
      let resource = __rlimit_resource_t(RLIMIT_NOFILE.rawValue)
      var usual = rlimit()
      guard getrlimit(resource, &usual) == 0 else { exit(1) }
      var none = rlimit(rlim_cur: 0, rlim_max: usual.rlim_max)
      guard setrlimit(resource, &none) == 0 else { exit(1) }
      let error = #expect(throws: LoadError.self) { try Fake.open(path, probe: true) }
      setrlimit(resource, &usual)
      exit(error?.description.hasSuffix("Too many open files") == true ? 0 : 1)
    }
  }
}
