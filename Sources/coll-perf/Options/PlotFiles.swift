internal import ArgumentParser

/// The command that plots results.
struct PlotFiles: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "plot", abstract: "Plots results of one or several runs, of any program.",
    discussion: "Example: coll-perf plot ours.json pytorch.json --svg both.svg")

  @Argument(help: "Files that --json, or a program with the same keys, has written.")
  var files: [String]

  @Option(help: ArgumentHelp("The plot.", valueName: "file"))
  var svg: String

  @Option(help: "Above the plot. (default: what the results have in common)")
  var title: String?

  func run() throws {
    let documents = try files.map { file in
      do {
        return try PlotDocument(try JSONParser.parse(try readFile(file)), named: file)
      } catch let error as PerfError {
        throw error.text.contains(file) ? error : PerfError("\(file): \(error.text)")
      }
    }
    try writeFile(Plot(documents, title: title).svg(), to: svg)
  }
}
