import ArgumentParser
import BindingPlan
import HeaderModel
import Rendering
import Workspace

struct Explain: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "explain",
    abstract: "Shows one symbol in every release's model, in the plan, and in the output.",
    discussion: "Example: bindgen-coll explain ncclAllReduce --vendor nccl")

  @Argument(help: "A C name: a function, type, enumerator or macro.")
  var symbol: String

  @Option(help: "Only this vendor; all that have models by default.")
  var vendor: String?

  @OptionGroup var project: ProjectOptions

  func run() throws {
    let project = try project.open()
    let templates = try project.templateLibrary()
    var isFound = false
    for vendor in try vendor.map({ [$0] }) ?? project.vendorsWithModels() {
      let profile = try project.profile(vendor)
      let headers = try project.models(of: profile.vendor)
      let history = SymbolHistory(symbol, headers)
      guard !history.isEmpty else { continue }
      isFound = true
      let plan = try Vendor.plan(profile, headers)
      let explanation = Explanation(
        symbol: symbol, history: history, plan: plan, output: try templates.render(plan))
      Terminal.print(explanation.text)
    }
    guard isFound else {
      throw Diagnostic(
        .error, file: symbol, "no model declares it", rule: "symbol-unknown",
        help: "names are C names, such as ncclAllReduce; see bindgen-coll list")
    }
  }
}
