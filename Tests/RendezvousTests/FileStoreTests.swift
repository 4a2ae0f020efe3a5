import Foundation
import Rendezvous
import TestSupport
import Testing
import Threads

@Suite("File store", .timeLimit(.minutes(60)))
struct FileStoreTests {
  private let directory = try? TemporaryDirectory()

  private func path() throws -> String { try #require(directory).path }

  private func open(_ job: String, _ rank: Int, of nRanks: Int) throws -> FileStore {
    try FileStore(directory: try path(), job: job, rank: rank, nRanks: nRanks)
  }

  private func contents() throws -> [String] {
    try FileManager.default.contentsOfDirectory(atPath: try path()).sorted()
  }

  @Test("Two jobs at once in one directory, and the last rank of each removes its files")
  func twoJobs() throws {
    let (a, b) = (try open("a", 0, of: 1), try open("A/../b", 0, of: 1))
    try a.set("k", [1])
    try b.set("k", [2])
    #expect(try a.get("k", timeout: .zero) == [1])
    #expect(try b.get("k", timeout: .zero) == [2])
    #expect(try contents() == ["job-%41%2f%2e%2e%2fb", "job-a"])
    try a.close()
    #expect(try contents() == ["job-%41%2f%2e%2e%2fb"])
    try b.close()
    #expect(try contents() == [])
  }

  @Test("What ranks that ended left behind is gone for the next run, of another size too")
  func stale() throws {
    for rank in 0..<2 {
      let store = try open("job", rank, of: 2)
      try store.set("old", [1])
    }
    #expect(try contents() == ["job-job"])
    let next = try (0..<3).map { try open("job", $0, of: 3) }
    #expect(try next[0].lostRanks() == [])
    let error = failure { () throws(RendezvousError) in
      try next[2].get("old", timeout: .milliseconds(50))
    }
    #expect(error?.kind == .timeout)
    try closeAll(next)
    #expect(try contents() == [])
  }

  @Test("An error that ended a run is gone for the next run")
  func failureOfAnEarlierRun() throws {
    do {
      let store = try open("job", 0, of: 2)
      #expect(throws: RendezvousError.self) { try open("job", 0, of: 2) }
      #expect(failure { () throws(RendezvousError) in try store.lostRanks() } != nil)
    }
    let next = try open("job", 0, of: 2)
    #expect(try next.lostRanks() == [])
    try next.close()
  }

  @Test("Many threads that join and leave one job at once")
  func comingAndGoing() throws {
    let path = try path()
    let results = try onThreads(8) { (rank) throws(RendezvousError) in
      for _ in 0..<50 {
        let store = try FileStore(directory: path, job: "busy", rank: rank, nRanks: 8)
        try store.set("k\(rank)", [1])
        try store.close()
      }
    }
    for result in results { #expect(result.error == nil) }
    #expect(try contents() == [])
  }

  @Test("A directory that cannot be used: the error has its path and the reason")
  func unusable() throws {
    let file = try #require(directory).write("", to: "file")
    let missing = try path() + "/missing/deeper"
    for (directory, reason) in [
      (file, "Not a directory"), (missing, "No such file or directory"),
      ("/proc/self/fdinfo", "No such file or directory"),
    ] {
      let error = failure { () throws(RendezvousError) in
        try FileStore(directory: directory, job: "job", rank: 0, nRanks: 1)
      }
      #expect(error?.kind == .unavailable)
      #expect(error?.text.contains("\"\(directory)") == true)
      #expect(error?.text.contains(reason) == true, "\(error?.text ?? "none")")
    }
  }

  @Test("A directory that may not be written to", .enabled(if: geteuid() != 0))
  func readOnly() throws {
    chmod(try path(), 0o500)
    defer { chmod((try? path()) ?? "", 0o700) }
    #expect(throws: RendezvousError.self) { try open("job", 0, of: 1) }
  }

  @Test("Values are written whole or not at all, and nothing else is left")
  func files() throws {
    let store = try open("job", 0, of: 1)
    for value in 0..<100 { try store.set("key", [UInt8](repeating: UInt8(value), count: 1000)) }
    let names = try FileManager.default.contentsOfDirectory(atPath: try path() + "/job-job")
    #expect(names.sorted() == ["lock", "member-0", "ranks", "value-key"])
    try store.close()
  }
}
