import Foundation
import TestSupport
import Testing

/// A rank in a process of its own.
private final class RankProcess {
  private let process = Process()
  private let output = Pipe()

  init(
    _ mode: String, rank: Int, of nRanks: Int, at store: String, job: String = "job",
    timeout: Int = 60_000
  ) throws {
    process.executableURL = URL(filePath: productsDirectory() + "rendezvous-rank")
    process.arguments = [mode, "\(timeout)"]
    process.environment = [
      "COLL_RANK": "\(rank)", "COLL_NRANKS": "\(nRanks)", "COLL_STORE": store, "COLL_JOB": job,
    ]
    process.standardInput = FileHandle.nullDevice
    process.standardOutput = output
    try process.run()
  }

  func kill() { Glibc.kill(process.processIdentifier, SIGKILL) }

  /// Waits for the first thing that it prints.
  func firstWord() -> String {
    String(decoding: output.fileHandleForReading.availableData, as: UTF8.self)
  }

  /// What it printed, once it has ended; it prints less than a pipe holds.
  func result() throws -> (isKilled: Bool, text: String) {
    process.waitUntilExit()
    let text = String(
      decoding: try output.fileHandleForReading.readToEnd() ?? Data(), as: UTF8.self)
    return (process.terminationReason == .uncaughtSignal, text)
  }
}

/// Places for processes: a directory, and a port.
private enum Place: String, CaseIterable {
  case file, tcp

  func make() throws -> String {
    if self == .file { return "file://\(try temporaryPath())" }
    return "tcp://127.0.0.1:\(try freePort())"
  }
}

@Suite("Processes as ranks", .serialized, .timeLimit(.minutes(60)))
struct ProcessTests {
  @Test("All calls", arguments: Place.allCases, [1, 4])
  private func exchange(place: Place, nRanks: Int) throws {
    let store = try place.make()
    let ranks = try (0..<nRanks).map {
      try RankProcess("exchange", rank: $0, of: nRanks, at: store)
    }
    for rank in ranks { #expect(try rank.result().text == "ok\n") }
    if let path = URL(string: store)?.path(), place == .file {
      #expect(try FileManager.default.contentsOfDirectory(atPath: path) == [])
    }
  }

  @Test("A rank is killed in the middle: the others name it", arguments: Place.allCases, [0, 2])
  private func killed(place: Place, victim: Int) throws {
    let store = try place.make()
    let ranks = try (0..<4).map {
      try RankProcess($0 == victim ? "die" : "wait", rank: $0, of: 4, at: store)
    }
    #expect(try ranks[victim].result().isKilled)
    for (rank, process) in ranks.enumerated() where rank != victim {
      let text = try process.result().text
      #expect(text.contains("ranksLost: rank \(victim)"), "\(text)")
    }
  }

  @Test("A rank never comes", arguments: Place.allCases)
  private func absent(place: Place) throws {
    let store = try place.make()
    let ranks = try [0, 2].map {
      try RankProcess("exchange", rank: $0, of: 4, at: store, timeout: 10_000)
    }
    for process in ranks {
      let text = try process.result().text
      #expect(
        text == "timeout: ranks 1, 3 of 4 did not come within 10 s (call 1, allGather)\n")
    }
  }

  @Test("A rank comes twice", arguments: Place.allCases)
  private func twice(place: Place) throws {
    let store = try place.make()
    let first = try RankProcess("wait", rank: 0, of: 3, at: store)
    let one = try RankProcess("sit", rank: 1, of: 3, at: store)
    #expect(one.firstWord() == "ready\n")
    let second = try RankProcess("wait", rank: 1, of: 3, at: store)
    for process in [first, second] {
      let text = try process.result().text
      #expect(text.hasPrefix("duplicateRank: rank 1 came twice: pid "), "\(text)")
    }
    one.kill()
    #expect(try one.result().isKilled)
  }

  @Test("Two jobs at once: in one directory, at two ports", arguments: Place.allCases)
  private func twoJobs(place: Place) throws {
    let store = try place.make()
    let other = place == .file ? store : try place.make()
    let ranks = try (0..<2).flatMap { rank in
      [
        try RankProcess("exchange", rank: rank, of: 2, at: store, job: "a"),
        try RankProcess("exchange", rank: rank, of: 2, at: other, job: "b"),
      ]
    }
    for process in ranks { #expect(try process.result().text == "ok\n") }
  }

  @Test("Another job at one port is refused, and the first goes on")
  func otherJobAtOnePort() throws {
    let store = try Place.tcp.make()
    let zero = try RankProcess("wait", rank: 0, of: 2, at: store)
    let stranger = try RankProcess("wait", rank: 1, of: 2, at: store, job: "other")
    #expect(try stranger.result().text.contains("refused: the store belongs to the job \"job\""))
    let one = try RankProcess("wait", rank: 1, of: 2, at: store)
    for process in [zero, one] { #expect(try process.result().text == "ready\nok\n") }
  }

  @Test("The files of a run that was killed do not hinder the next")
  func afterKill() throws {
    let store = try Place.file.make()
    let sitting = try RankProcess("sit", rank: 1, of: 3, at: store)
    #expect(sitting.firstWord() == "ready\n")
    sitting.kill()
    #expect(try sitting.result().isKilled)
    let ranks = try (0..<2).map { try RankProcess("exchange", rank: $0, of: 2, at: store) }
    for process in ranks { #expect(try process.result().text == "ok\n") }
  }

  @Test("Nothing is left: descriptors, files")
  func leaks() throws {
    let process = try RankProcess("leaks", rank: 0, of: 1, at: "file:///nowhere")
    #expect(try process.result().text == "ok\n")
  }

  private static let openMPI = "/usr/bin/mpirun.openmpi"
  private static let mpich = "/usr/bin/mpirun.mpich"

  // A part of CI, where a missing one is a failure.
  @Test(
    "Open MPI on one host, by its own variables",
    .enabled(
      if: FileManager.default.isExecutableFile(atPath: openMPI)
        || isCI, "\(openMPI) is not installed"))
  func underOpenMPI() throws {
    try exchange(under: Self.openMPI, ["--allow-run-as-root", "--oversubscribe"])
  }

  @Test(
    "MPICH on one host, by its own variables",
    .enabled(
      if: FileManager.default.isExecutableFile(atPath: mpich), "\(mpich) is not installed"))
  func underMPICH() throws { try exchange(under: Self.mpich, []) }

  private func exchange(under launcher: String, _ options: [String]) throws {
    let directory = try temporaryPath()
    let result = try runCommand(
      launcher,
      options + ["-np", "4", productsDirectory() + "rendezvous-rank", "exchange", "60000"],
      environment: ["PATH": "/usr/bin:/bin", "HOME": directory, "TMPDIR": directory])
    #expect(result.status == 0, "\(result.errors)")
    #expect(result.text == String(repeating: "ok\n", count: 4))
    #expect(
      try FileManager.default.contentsOfDirectory(atPath: "\(directory)/coll-\(geteuid())") == [])
  }
}
