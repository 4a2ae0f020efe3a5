import ArgumentParser
import BindingPlan
import HeaderDiff
import HeaderModel
import ReleaseReview
import Workspace

struct HistoryCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "history",
    abstract: "Tells when a name came, changed and went.",
    discussion: """
      A field is named with its record, such as ncclConfig_t.trafficClass; a record's name brings its \
      fields, an enumeration's its values.

      Examples: bindgen-coll history ncclCommRevoke
                bindgen-coll history ncclConfig_t --vendor nccl --json
      """)

  @Argument(help: "A C name.")
  var symbol: String

  @Option(help: "Only this vendor; all that have models by default.")
  var vendor: String?

  @Flag(help: "As JSON.")
  var json = false

  @OptionGroup var project: ProjectOptions

  func run() throws {
    let project = try project.open()
    var found: [(vendor: String, history: History, lines: [History.Line])] = []
    for vendor in try vendor.map({ [$0] }) ?? project.vendorsWithModels() {
      let profile = try project.profile(vendor)
      let headers = try project.models(of: profile.vendor)
      let history = History(
        headers, diffs: HeaderDiff.neighbours(headers, conventions: VendorConventions(profile)))
      let lines = history.lines(about: symbol)
      if !lines.isEmpty { found.append((profile.displayName, history, lines)) }
    }
    guard !found.isEmpty else {
      throw Diagnostic(
        .error, file: symbol, "no model declares it", rule: "symbol-unknown",
        help: "names are C names, such as ncclAllReduce; see bindgen-coll list")
    }
    if json {
      var writer = JSONWriter()
      writer.array(found) { $1.history.write($1.lines, of: $1.vendor, to: &$0) }
      Terminal.print(writer.finish())
    } else {
      Terminal.print(
        found.map { $0.history.text($0.lines, of: $0.vendor) }.joined(separator: "\n\n"))
    }
  }
}
