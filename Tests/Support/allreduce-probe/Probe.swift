import ArgumentParser

/// Checks the custom all-reduce on the GPUs of this machine, for there is none where the tests run.
///
/// Prints what fails; the exit status is 1 if anything did. `NCCL_LIBRARY_PATH` names the NCCL that it is
/// attached to.
@main
struct Probe: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "allreduce-probe", abstract: "Checks the custom all-reduce on GPUs.",
    subcommands: [CheckCommand.self, SoakCommand.self, KillCommand.self],
    defaultSubcommand: CheckCommand.self)
}

struct CheckCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "check", abstract: "Goes through everything once.")

  @OptionGroup var launch: Launch
  @Option(help: "Replays of a graph of 50 calls, and as many rounds of eager calls.")
  var replays = 200
  @Option(help: "One step alone, such as values.")
  var only: String?

  private func steps() -> [(name: String, check: @Sendable (Rank) throws -> Void)] {
    let replays = replays
    return [
      ("values", checkValues), ("sizes", checkSizes),
      ("repetition", { try checkRepetition($0, replays: replays) }),
      ("instances", checkInstances), ("registered", checkRegistered), ("silence", checkSilence),
      ("abort", checkAbort), ("order", checkOrder), ("attached", checkAttached),
      ("calls", measureCalls),
    ]
  }

  func run() throws {
    let chosen = steps().filter { only == nil || $0.name == only }
    guard !chosen.isEmpty else {
      throw ValidationError("there is no step \(only ?? ""): \(steps().map(\.name))")
    }
    try launch.run { rank in
      for step in chosen {
        let start = ContinuousClock.now
        do { try step.check(rank) } catch {
          rank.expect(false, "\(step.name): \(error)")
          return
        }
        rank.say("\(step.name): \(ContinuousClock.now - start)")
      }
    }
  }
}

struct SoakCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "soak", abstract: "Mixed calls of two instances at once, until the time is over.")

  @OptionGroup var launch: Launch
  @Option(help: "How long.")
  var seconds = 600

  func run() throws {
    let seconds = seconds
    try launch.run { rank in
      do { try soak(rank, for: .seconds(seconds)) } catch { rank.expect(false, "\(error)") }
    }
  }
}

struct KillCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "kill", abstract: "Kills the last of several processes in the middle of calls.")

  @OptionGroup var launch: Launch
  @Option(
    help:
      "What loses a rank: an all-reduce alone, one attached to a communicator, or a new communicator."
  )
  var what = Victim.alone

  enum Victim: String, ExpressibleByArgument, CaseIterable {
    case alone, attached, unconnected
  }

  func validate() throws {
    guard launch.processes else {
      throw ValidationError("only processes can be killed: --processes")
    }
  }

  func run() throws {
    let what = what
    try launch.run(killingLast: true) { rank in
      do {
        switch what {
        case .alone: try waitToBeKilled(rank)
        case .attached: try waitToBeKilledAttached(rank)
        case .unconnected: try waitToBeKilledUnconnected(rank)
        }
      } catch { rank.expect(false, "\(error)") }
    }
  }
}
