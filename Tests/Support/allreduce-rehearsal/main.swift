import CUDADriverBindings
import CUDARuntime
import CustomAllReduce
import Foundation
import Rendezvous
import Threads

// Ranks' lives on the fake driver that the environment names, again and again: each time the next call
// of the last rank fails, until none does. Prints what was made and given back, as JSON.
//
//   allreduce-rehearsal threads RANKS              ranks are threads
//   allreduce-rehearsal process RANKS RANK STORE   this process is one of the ranks
//
// What becomes of two ranks, threads, when something else goes wrong (see `Incident`), in the same
// form:
//
//   allreduce-rehearsal incident KIND
//
// And what many processes do at once that start with an empty cache of kernels:
//
//   allreduce-rehearsal cache DIRECTORY

struct Round: Codable {
  let failing: Int
  let memory: Life.Memory
  let outcomes: [Outcome]
  let journal: [Journal.Entry]
}

/// The ranks that are in this process, from one round to the next.
struct Rehearsal {
  let cuda: [CUDA]
  let journal: Journal
  let nRanks: Int
  /// What is captured in the rounds in which calls fail.
  let failingMemory: [Life.Memory]
  /// Gives the ranks of this process a new meeting for each round.
  let meetings: (_ round: String) throws -> [Rendezvous]
  /// Whether a call has failed in any process.
  let hasFailed: (Bool) throws -> Bool

  func run() throws -> [Round] {
    var rounds = try [Life.Memory.unshared, .mapped, .allocated].map { try run(failing: 0, $0) }
    for memory in failingMemory {
      var failing = 0
      repeat {
        failing += 1
        rounds.append(try run(failing: failing, memory))
      } while try hasFailed(rounds.last?.outcomes.contains { $0.failed != nil } ?? false)
    }
    return rounds
  }

  private func run(failing: Int, _ memory: Life.Memory) throws -> Round {
    try journal.clear()
    let meetings = try meetings("\(memory)-\(failing)")
    let (cuda, journal) = (cuda, journal)
    let outcomes = try onThreads(meetings.count) { index in
      try Life(cuda: cuda[index], journal: journal, failing: failing, memory: memory)
        .run(meetings[index])
    }.map { try $0.get() }
    for meeting in meetings { try? meeting.close() }
    return Round(
      failing: failing, memory: memory, outcomes: outcomes, journal: try journal.entries())
  }
}

func rehearsal(_ words: [String]) throws -> Rehearsal? {
  guard words.count > 2, let nRanks = Int(words[2]), (2...8).contains(nRanks) else { return nil }
  let timeout = Duration.seconds(10)
  switch (words[1], words.count) {
  case ("threads", 3):
    let cuda = try (0..<nRanks).map { _ in try CUDA() }
    return Rehearsal(
      cuda: cuda, journal: Journal(cuda[0].driver.library), nRanks: nRanks,
      failingMemory: [.allocated],
      meetings: { _ in try Rendezvous.threads(nRanks, timeout: timeout) }, hasFailed: { $0 })
  case ("process", 5):
    guard let rank = Int(words[3]) else { return nil }
    func meeting(_ job: String, _ timeout: Duration) throws -> Rendezvous {
      let store = try FileStore(directory: words[4], job: job, rank: rank, nRanks: nRanks)
      return Rendezvous(store, timeout: timeout)
    }
    let cuda = try CUDA()
    let control = try meeting("control", .seconds(60))
    return Rehearsal(
      cuda: [cuda], journal: Journal(cuda.driver.library), nRanks: nRanks,
      // With more ranks it would only take longer.
      failingMemory: nRanks == 2 ? [.allocated, .mapped] : [.allocated],
      meetings: { [try meeting("round-\($0)", timeout)] },
      hasFailed: { try control.allGather([$0 ? 1 : 0]).contains([1]) })
  default: return nil
  }
}

func incident(_ kind: Incident.Kind) throws -> Round {
  let cuda = try (0..<2).map { _ in try CUDA() }
  let journal = Journal(cuda[0].driver.library)
  let meetings = try Rendezvous.threads(2, timeout: kind.patience)
  let outcomes = try onThreads(2) { rank in
    try Incident(cuda: cuda[rank], journal: journal, kind: kind).run(meetings[rank])
  }.map { try $0.get() }
  return Round(
    failing: 0, memory: .allocated, outcomes: outcomes, journal: try journal.entries())
}

/// Keeps and reads images under a few names; whether each is whole, once there is one.
func usesCache(_ directory: String) -> Bool {
  let cache = ImageCache(directory: directory)
  return (0..<300).allSatisfy { round in
    let (name, image) = (
      "kernel-\(round % 3)", [UInt8](repeating: UInt8(round % 3), count: 1 << 16)
    )
    if round % 2 == 0 { cache.keep(image, as: name) }
    // Others keep it too: it may be there before.
    guard let found = cache.image(name) else { return round < 3 }
    return found == image
  }
}

do {
  if CommandLine.arguments.count == 3, CommandLine.arguments[1] == "cache" {
    exit(usesCache(CommandLine.arguments[2]) ? 0 : 1)
  }
  let words = CommandLine.arguments
  let rounds: [Round]
  if words.count == 3, words[1] == "incident", let kind = Incident.Kind(rawValue: words[2]) {
    rounds = [try incident(kind)]
  } else if let rehearsal = try rehearsal(words) {
    rounds = try rehearsal.run()
  } else {
    print(
      "usage: allreduce-rehearsal threads RANKS | process RANKS RANK STORE | incident KIND "
        + "| cache DIRECTORY")
    exit(2)
  }
  try FileHandle.standardOutput.write(contentsOf: JSONEncoder().encode(rounds))
} catch {
  FileHandle.standardError.write(Data("\(error)\n".utf8))
  exit(1)
}
