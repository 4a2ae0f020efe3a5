import Foundation
import TestSupport
import Threads

/// What `allreduce-rehearsal` prints: lives of ranks on a fake driver, one for each call that can fail.
struct RehearsalRound: Decodable {
  struct Step: Decodable {
    let name: String
    let error: String?
  }

  struct Outcome: Decodable {
    let rank: Int
    let refusals: [String]
    /// The call that failed on this rank.
    let failed: String?
    let steps: [Step]
    /// Descriptors of memory that are open when all is over.
    let openDescriptors: Int

    /// The errors of the steps, by their names.
    var errors: [String: String] {
      Dictionary(
        uniqueKeysWithValues: steps.compactMap { step in step.error.map { (step.name, $0) } })
    }
  }

  struct Entry: Decodable {
    let time: UInt64
    let call: String
    let handle: UInt64
    let process: UInt64
    let address: UInt64
  }

  /// The number of the call that failed; 0: none.
  let failing: Int
  /// Where the captured buffers were: "allocated", "mapped", or "unshared", none of the driver's.
  let memory: String
  /// Of the ranks in this process.
  let outcomes: [Outcome]
  let journal: [Entry]
}

enum Rehearsal {
  struct Failure: Error, CustomStringConvertible {
    let description: String
  }

  /// By process, then by round.
  static func threads(_ nRanks: Int) throws -> [[RehearsalRound]] {
    [try run(["threads", "\(nRanks)"], try fake().path)]
  }

  /// Several tests look at them.
  static let twoProcesses = Result { try processes(2) }

  static func processes(_ nRanks: Int) throws -> [[RehearsalRound]] {
    let fake = try fake().path
    let store = try TemporaryDirectory().path
    return try onThreads(nRanks) { rank in
      try run(["process", "\(nRanks)", "\(rank)", store], fake)
    }.map { try $0.get() }
  }

  /// What becomes of two ranks when something goes wrong of which `Incident` has the kinds.
  static func incident(_ kind: String) throws -> RehearsalRound {
    guard let round = try run(["incident", kind], try fake().path).first else {
      throw Failure(description: "the rehearsal of \(kind) has no round")
    }
    return round
  }

  /// The fake driver, compiled.
  static func fake() throws -> FixtureLibrary {
    let path = repositoryRoot() + "/Tests/Support/allreduce-rehearsal/fake_devices.c"
    return try FixtureLibrary.compile(
      source: try String(contentsOfFile: path, encoding: .utf8),
      flags: ["-Wall", "-Wextra", "-Werror", "-pthread"], name: "libfakedevices.so")
  }

  private static func run(_ arguments: [String], _ fake: String) throws -> [RehearsalRound] {
    var environment = ProcessInfo.processInfo.environment
    for name in ["CUDA_DRIVER", "NVRTC", "NVML"] { environment["\(name)_LIBRARY_PATH"] = fake }
    let result = try runCommand(
      productsDirectory() + "allreduce-rehearsal", arguments, environment: environment)
    guard result.status == 0 else {
      throw Failure(description: "allreduce-rehearsal: \(result.status) \(result.errors)")
    }
    return try JSONDecoder().decode([RehearsalRound].self, from: Data(result.output))
  }
}
