import CHostCollectives
import Foundation
import TestSupport
import Testing

/// A unique id, as the helper program takes it.
private func makeID() throws -> (text: String, file: String) {
  var id = hc_unique_id()
  try #require(hc_get_unique_id(&id) == HC_SUCCESS)
  let digits = withUnsafeBytes(of: id) { bytes in
    bytes.map { ($0 < 16 ? "0" : "") + String($0, radix: 16) }
  }
  return (digits.joined(), "/dev/shm/bindgen-coll-" + digits[8..<24].joined())
}

/// Waits until a rank has made the file; it has locked it before it gives it a size.
private func awaitFile(_ path: String) throws {
  let deadline = ContinuousClock.now + .seconds(120)
  var status = stat()
  while stat(path, &status) != 0 || status.st_size == 0 {
    try #require(ContinuousClock.now < deadline, "no rank made \(path) within 120 s")
    usleep(1000)
  }
}

/// A rank in a process of its own.
private final class RankProcess {
  private let process = Process()
  private let output = Pipe()

  init(_ mode: String, id: String, ranks: Int, rank: Int, timeout: Int = 30_000) throws {
    process.executableURL = URL(filePath: productsDirectory() + "host-rank")
    process.arguments = [mode, id, "\(ranks)", "\(rank)", "\(timeout)"]
    process.standardInput = FileHandle.nullDevice
    process.standardOutput = output
    try process.run()
  }

  func kill() { Glibc.kill(process.processIdentifier, SIGKILL) }

  /// What it printed, once it has ended; it prints less than a pipe holds.
  func result() throws -> (isKilled: Bool, text: String) {
    process.waitUntilExit()
    let text = String(
      decoding: try output.fileHandleForReading.readToEnd() ?? Data(), as: UTF8.self)
    return (process.terminationReason == .uncaughtSignal, text)
  }
}

private func runRanks(_ mode: String, ranks: Int) throws -> [String] {
  let id = try makeID()
  let processes = try (0..<ranks).map {
    try RankProcess(mode, id: id.text, ranks: ranks, rank: $0)
  }
  let texts = try processes.map { try $0.result().text }
  #expect(!FileManager.default.fileExists(atPath: id.file))
  return texts
}

@Suite("Processes as ranks")
struct ProcessTests {
  @Test("Collectives and exchanges against the model", arguments: [1, 2, 4, 8])
  func cases(ranks: Int) throws {
    for text in try runRanks("cases", ranks: ranks) { #expect(text == "0: success\n") }
  }

  @Test("Processes with several ranks each")
  func severalRanksEach() throws {
    let id = try makeID()
    let processes = try [0, 2, 4].map { try RankProcess("two", id: id.text, ranks: 6, rank: $0) }
    for process in processes { #expect(try process.result().text == "0: success\n") }
  }

  @Test("Wrong counts: everyone is told, and goes on")
  func wrongCounts() throws {
    for text in try runRanks("counts", ranks: 3) {
      #expect(text.contains("rank 0: all_reduce of 3 int32, sum; rank 1: all_reduce of 4 int32"))
      #expect(text.hasSuffix("0: success\n"))
    }
  }

  @Test(
    "A rank that ends in the middle: the others are told, and go on without it",
    arguments: ["die", "go"])
  func deadRank(mode: String) throws {
    let id = try makeID()
    let victim = try RankProcess(mode, id: id.text, ranks: 4, rank: 0)
    let others = try (1..<4).map { try RankProcess("loop", id: id.text, ranks: 4, rank: $0) }
    #expect(try victim.result().isKilled == (mode == "die"))
    for other in others {
      let text = try other.result().text
      #expect(text.contains("rank 0 has died"))
      #expect(text.hasSuffix("0: success\n"))
    }
    #expect(!FileManager.default.fileExists(atPath: id.file))
  }

  @Test("A rank that never comes is named")
  func absentRank() throws {
    let id = try makeID()
    let processes = try [0, 2].map {
      try RankProcess("sum", id: id.text, ranks: 4, rank: $0, timeout: 10_000)
    }
    for process in processes {
      let text = try process.result().text
      #expect(text.hasPrefix("\(HC_TIMEOUT.rawValue): "))
      #expect(text.contains("still without ranks 1 and 3"))
    }
    #expect(!FileManager.default.fileExists(atPath: id.file))
  }

  @Test("A rank that dies while others still wait for one to come")
  func deathInInit() throws {
    let id = try makeID()
    let first = try RankProcess("sum", id: id.text, ranks: 3, rank: 0)
    let victim = try RankProcess("sum", id: id.text, ranks: 3, rank: 1)
    // Not certain to have taken its place by then; where it has not, the first waits for its limit.
    usleep(300_000)
    victim.kill()
    #expect(try victim.result().isKilled)
    let text = try first.result().text
    #expect(text.contains("rank 1 has died") || text.contains("still without ranks 1 and 2"))
    #expect(!FileManager.default.fileExists(atPath: id.file))
  }

  @Test("A second rank of the same number is refused")
  func sameRankTwice() throws {
    let id = try makeID()
    let first = try RankProcess("sum", id: id.text, ranks: 2, rank: 0)
    try awaitFile(id.file)
    let texts = [
      try RankProcess("sum", id: id.text, ranks: 3, rank: 1, timeout: 2000).result().text,
      try RankProcess("sum", id: id.text, ranks: 2, rank: 0, timeout: 2000).result().text,
    ]
    #expect(
      texts[0].contains("rank 1 was told that there are 3 ranks; the rank that came first, 2"))
    #expect(texts[1].contains("there is a rank 0 with this unique id already"))
    let second = try RankProcess("sum", id: id.text, ranks: 2, rank: 1)
    #expect(try first.result().text == "0: success\n")
    #expect(try second.result().text == "0: success\n")
  }

  @Test("An id that was used up is waited for, and no longer")
  func sameIDAgain() throws {
    let id = try makeID()
    let both = try (0..<2).map { try RankProcess("sum", id: id.text, ranks: 2, rank: $0) }
    for process in both { #expect(try process.result().text == "0: success\n") }
    let again = try RankProcess("sum", id: id.text, ranks: 2, rank: 0, timeout: 300)
    #expect(try again.result().text.contains("still without rank 1"))
    #expect(!FileManager.default.fileExists(atPath: id.file))
  }

  @Test("An id of another library is refused")
  func foreignID() throws {
    let foreign = String(repeating: "ab", count: 128)
    let text = try RankProcess("sum", id: foreign, ranks: 2, rank: 0).result().text
    #expect(text.hasPrefix("\(HC_INVALID_ARGUMENT.rawValue): "))
    #expect(text.contains("another library made it"))
  }

  @Test("The file of a rank that was killed while it waited is removed by the next")
  func staleFile() throws {
    let id = try makeID()
    let first = try RankProcess("sum", id: id.text, ranks: 2, rank: 0)
    try awaitFile(id.file)
    first.kill()
    #expect(try first.result().isKilled)
    #expect(try runRanks("sum", ranks: 1) == ["0: success\n"])
    #expect(!FileManager.default.fileExists(atPath: id.file))
  }

  @Test("Nothing is left: descriptors, mappings, threads")
  func leaks() throws {
    #expect(try runRanks("leaks", ranks: 1) == [""])
  }
}
