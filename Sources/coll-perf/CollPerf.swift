internal import ArgumentParser
internal import Glibc

@main
struct CollPerf: ParsableCommand {
  static let version = "0.1.0"

  static let configuration = CommandConfiguration(
    commandName: "coll-perf",
    abstract: "Measures and checks the collectives of NCCL and its relatives.",
    discussion: """
      Ranks are threads of this process (-t 8), processes that it starts (--ranks 8 --processes), \
      or those of a launcher: mpirun, srun, torchrun.

      Example: coll-perf allReduce allGather -b 1K -e 512M -d bfloat16 -t 8 -c --svg plot.svg

      Exit status: 0 ok, 1 failure, 2 usage, 3 wrong elements.
      """,
    version: version, subcommands: [Measure.self, PlotFiles.self], defaultSubcommand: Measure.self)

  static func main() {
    // Who reads the table may stop before its end.
    signal(SIGPIPE, SIG_IGN)
    do {
      var command = try parseAsRoot()
      try command.run()
    } catch let failure as ExitStatus {
      Glibc.exit(failure.rawValue)
    } catch let error as PerfError {
      writeError("coll-perf: \(error)")
      Glibc.exit(ExitStatus.failure.rawValue)
    } catch {
      let isUsage = exitCode(for: error) == .validationFailure
      let message = fullMessage(for: error)
      if isUsage { writeError(message) } else { writeLine(message) }
      Glibc.exit(isUsage ? ExitStatus.usage.rawValue : exitCode(for: error).rawValue)
    }
  }
}

/// How the program ends.
struct ExitStatus: Error, RawRepresentable {
  let rawValue: Int32

  static let failure = ExitStatus(rawValue: 1)
  static let usage = ExitStatus(rawValue: 2)
  static let wrongElements = ExitStatus(rawValue: 3)
}
