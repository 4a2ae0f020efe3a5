import CollectiveCases
import CollectiveInterface
import Glibc
import LibraryLoader
import Rendezvous
import Threads

/// Ranks that are threads of this process.
func runThreads(_ options: Options, _ cases: [Case], _ nRanks: Int, _ report: Report) throws -> Bool
{
  let library = try load(options)
  let settings = settings(options, areThreads: true)
  let meetings = try Rendezvous.threads(nRanks, timeout: settings.timeout)
  let results = try onThreads(nRanks) { rank in
    let run = RankRun(library, meetings[rank], settings, device: rank)
    return try run.run(cases) { if rank == 0 { report.add($0) } }
  }
  for (rank, result) in results.enumerated() {
    if case .failure(let error) = result { print("rank \(rank): \(error)") }
  }
  return results.allSatisfy { (try? $0.get()) ?? false }
}

/// The rank that the environment says this process is.
func runRank(_ options: Options, _ cases: [Case], _ report: Report) throws -> Bool {
  let settings = settings(options, areThreads: false)
  let environment = try LaunchEnvironment.current()
  let meeting = try environment.rendezvous(timeout: settings.timeout)
  let run = RankRun(
    try load(options), meeting, settings, device: environment.localRank ?? environment.rank)
  let isGood = try run.run(cases) { trial in
    if meeting.rank == 0 || trial.outcomes.count == 1 { report.add(trial) }
  }
  try? meeting.close()
  if meeting.rank == 0 { try finish(options, report) }
  return isGood
}

func settings(_ options: Options, areThreads: Bool) -> Settings {
  Settings(timeout: .seconds(options.timeout), isThin: options.isThin, areThreads: areThreads)
}

func load(_ options: Options) throws -> any CollectiveLibrary {
  try options.vendor.load(LoadOptions(path: options.library, flavour: options.flavour))
}

func finish(_ options: Options, _ report: Report) throws {
  print(report.summary)
  if let path = options.report { try report.write(to: path) }
}

func run() throws -> Bool {
  let arguments = Array(CommandLine.arguments.dropFirst())
  let options = try Options(arguments)
  if options.lists {
    for known in allCases { print(known.name) }
    return true
  }
  let cases = try options.selected()
  let report = Report(isQuiet: false)
  guard let nRanks = options.nRanks, let mode = options.mode else {
    return try runRank(options, cases, report)
  }
  switch mode {
  case .threads:
    let isGood = try runThreads(options, cases, nRanks, report)
    try finish(options, report)
    return isGood
  case .processes:
    let launcher = Launcher(
      nRanks: nRanks, arguments: arguments.dropping("--ranks", "--mode"),
      isFatal: cases.contains { $0.kind == .fatal })
    return try launcher.run()
  }
}

extension [String] {
  /// Without these options and their values.
  fileprivate func dropping(_ names: String...) -> [String] {
    var kept: [String] = []
    var rest = self[...]
    while let word = rest.popFirst() {
      if names.contains(word) { _ = rest.popFirst() } else { kept.append(word) }
    }
    return kept
  }
}

do {
  exit(try run() ? 0 : 1)
} catch let error as UsageError {
  print("collective-check: \(error.text)\n\n\(Options.usage)")
  exit(2)
} catch {
  print("collective-check: \(error)")
  exit(1)
}
