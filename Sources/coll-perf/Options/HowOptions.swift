internal import ArgumentParser

extension Settings.StreamChoice: ExpressibleByArgument {}
extension Settings.Registration: ExpressibleByArgument {}

/// How cases are measured.
struct HowOptions: ParsableArguments {
  @Option(name: [.customShort("n"), .long], help: "Operations of a round.")
  var iterations = 20

  @Option(name: [.customShort("w"), .long], help: "Operations before the first round.")
  var warmUps = 5

  @Option(help: "The time is the median of so many rounds.")
  var rounds = 5

  @Flag(name: .shortAndLong, help: "Count wrong elements: each rank works out what it must get.")
  var check = false

  @Option(help: ArgumentHelp("Replay CUDA graphs of so many operations.", valueName: "operations"))
  var graph: Int?

  @Flag(help: "Wait after every operation.")
  var blocking = false

  @Option(help: "Put the operations into a stream of their own, or into the default one.")
  var stream = Settings.StreamChoice.own

  @Option(help: "Register the memory: none, local, window (symmetric; all ranks together).")
  var register = Settings.Registration.none

  @Option(help: "Seconds that a wait for other ranks or the device may take.")
  var timeout = 60

  @Flag(
    help: """
      Measure instead what calls cost the host: the communicator's all-reduce beside the library's \
      own function, with elements of the first size.
      """)
  var overhead = false

  @Option(help: "Samples of --overhead, of 32 calls each.")
  var overheadSamples = 1000

  var timeoutDuration: Duration { .seconds(timeout) }

  func apply(to settings: inout Settings) throws {
    try atLeast(1, iterations, "--iterations")
    try atLeast(0, warmUps, "--warm-ups")
    try atLeast(1, rounds, "--rounds")
    try atLeast(1, timeout, "--timeout")
    try atLeast(1, overheadSamples, "--overhead-samples")
    if let graph {
      try atLeast(1, graph, "--graph")
      guard !blocking else {
        throw OptionError(
          "--blocking waits after every operation, and a graph has none to wait for")
      }
      guard stream == .own else {
        throw OptionError(
          "--graph needs a stream of its own: the default stream cannot be captured")
      }
    }
    settings.iterations = iterations
    settings.warmUps = warmUps
    settings.rounds = rounds
    settings.isChecked = check
    settings.graphOperations = graph
    settings.isBlocking = blocking
    settings.stream = stream
    settings.registration = register
    settings.timeout = timeoutDuration
    settings.overheadSamples = overhead ? overheadSamples : nil
  }

  private func atLeast(_ least: Int, _ value: Int, _ option: String) throws {
    guard value >= least else {
      throw OptionError("\(option) is \(value): it must be \(least) or more")
    }
  }
}
