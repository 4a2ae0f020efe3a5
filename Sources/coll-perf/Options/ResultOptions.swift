internal import ArgumentParser

/// Where results go, beside the table.
struct ResultOptions: ParsableArguments {
  @Option(help: ArgumentHelp("Write the results as JSON.", valueName: "file"))
  var json: String?

  @Option(help: ArgumentHelp("Write a plot of time and bus bandwidth by size.", valueName: "file"))
  var svg: String?

  @Option(help: "What plots call these results. (default: library, release, mode)")
  var label: String?

  func write(_ report: Report) throws {
    if let json { try writeFile(report.json.rendered(), to: json) }
    if let svg {
      try writeFile(Plot([PlotDocument(report.json, named: "this run")]).svg(), to: svg)
    }
  }
}
