internal import ArgumentParser
internal import Rendezvous

/// Who the ranks are.
struct RankOptions: ParsableArguments {
  @Option(
    name: .shortAndLong,
    help: "Ranks of each process, a thread each. (default: 1, or --ranks without --processes)")
  var threads: Int?

  @Option(help: "All ranks. (default: --threads, or what the launcher says)")
  var ranks: Int?

  @Flag(help: "Start the ranks as processes of this machine.")
  var processes = false

  /// For the processes that `--processes` starts.
  @Flag(help: .hidden)
  var launched = false

  static let launchedFlag = "--launched"

  /// What this process has to do.
  enum Plan: Equatable {
    /// All ranks are threads of it.
    case threads(Int)
    /// It starts so many processes.
    case processes(Int)
    /// It is one of a launcher's, with so many ranks.
    case launched(threads: Int)
  }

  func check() throws {
    for (name, value) in [("--threads", threads), ("--ranks", ranks)] {
      if let value, value < 1 { throw OptionError("\(name) is \(value): it must be 1 or more") }
    }
    guard processes else { return }
    guard let ranks else { throw OptionError("--processes needs --ranks: how many there are") }
    guard ranks % (threads ?? 1) == 0 else {
      throw OptionError("\(ranks) ranks are not processes of \(threads ?? 1) threads each")
    }
  }

  func plan(_ environment: LaunchEnvironment) throws -> Plan {
    if launched { return .launched(threads: threads ?? 1) }
    guard environment.launcher == .none else {
      let place = "\(environment.launcher) has started \(environment.nRanks) processes"
      guard !processes else { throw PerfError("\(place) already: leave --processes out") }
      let all = environment.nRanks * (threads ?? 1)
      guard ranks == nil || ranks == all else {
        throw PerfError("\(place), which make \(all) ranks, not \(ranks ?? 0): leave --ranks out")
      }
      return .launched(threads: threads ?? 1)
    }
    if processes { return .processes((ranks ?? 1) / (threads ?? 1)) }
    guard ranks == nil || threads == nil || ranks == threads else {
      throw PerfError(
        "one process of \(threads ?? 1) threads makes no \(ranks ?? 1) ranks: add --processes")
    }
    return .threads(ranks ?? threads ?? 1)
  }
}
