internal import ArgumentParser
internal import CollectiveInterface
internal import LibraryLoader
internal import Rendezvous

/// The command that measures.
struct Measure: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "measure", abstract: "Measures operations (the default).")

  @OptionGroup(title: "What") var what: WhatOptions
  @OptionGroup(title: "How") var how: HowOptions
  @OptionGroup(title: "Ranks") var ranks: RankOptions
  @OptionGroup(title: "Library") var library: LibraryOptions
  @OptionGroup(title: "Results") var results: ResultOptions

  func validate() throws {
    do {
      _ = try settings()
      try ranks.check()
    } catch let error as OptionError { throw ValidationError(error.description) }
  }

  func run() throws {
    let environment = try LaunchEnvironment.current()
    let plan = try ranks.plan(environment)
    if case .processes(let count) = plan {
      let status = try LocalProcesses(count: count, timeout: how.timeoutDuration)
        .run(adding: RankOptions.launchedFlag)
      if status != 0 { throw ExitStatus(rawValue: status) }
      return
    }
    try measure(plan, environment)
  }

  private func measure(_ plan: RankOptions.Plan, _ environment: LaunchEnvironment) throws {
    let settings = try settings()
    let library: any CollectiveLibrary
    do { library = try self.library.load() } catch {
      throw PerfError("\(error)", rank: environment.nRanks > 1 ? environment.rank : nil)
    }
    let seats =
      switch plan {
      case .threads(let count): try Seat.threads(count, timeout: settings.timeout)
      case .launched(let threads), .processes(let threads):
        try Seat.launched(environment, threads: threads, timeout: settings.timeout)
      }
    let printer = Printer(settings, command: CommandLine.arguments, label: results.label)
    let errors = try Run.measure(settings, library, seats, printer)
    for error in errors { writeError("coll-perf: \(error)") }
    guard errors.isEmpty else { throw ExitStatus.failure }
    if let report = printer.finish() {
      try results.write(report)
      if report.wrong ?? 0 > 0 { throw ExitStatus.wrongElements }
    }
  }

  private func settings() throws -> Settings {
    var settings = Settings()
    try what.apply(to: &settings)
    try how.apply(to: &settings)
    return settings
  }
}
