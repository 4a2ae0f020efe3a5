import ArgumentParser
import BindingPlan
import HeaderModel
import Workspace

struct List: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "list",
    abstract: "Lists what a model holds, one name a line.",
    discussion: """
      Examples: bindgen-coll list nccl@2.28.3 functions
                bindgen-coll list Generated/Models/nccl/2.28.3.json macros --json
                bindgen-coll list --skipped nccl
      """)

  enum Kind: String, ExpressibleByArgument, CaseIterable {
    case functions, records, enumerators, macros, typedefs, variables
  }

  @Argument(help: "A model: VENDOR@RELEASE or a file. With --skipped: a vendor.")
  var model: String

  @Argument(help: "What to list.")
  var kind: Kind?

  @Flag(help: "List what the vendor's module does not bind, with the reasons.")
  var skipped = false

  @Flag(help: "As a JSON array.")
  var json = false

  @OptionGroup var project: ProjectOptions

  func validate() throws {
    if !skipped, kind == nil {
      throw ValidationError(
        "say what to list: \(Kind.allCases.map(\.rawValue).joined(separator: ", "))")
    }
  }

  func run() throws {
    if skipped { return try listSkipped() }
    let header = try loadModel()
    let names =
      switch kind {
      case .functions, nil: header.functions.map(\.name)
      case .records: header.records.map(\.name)
      case .enumerators: header.enumerations.flatMap(\.enumerators).map(\.name)
      case .macros: header.macros.map(\.name)
      case .typedefs: header.typedefs.map(\.name)
      case .variables: header.variables.map(\.name)
      }
    show(names)
  }

  private func loadModel() throws -> Header {
    let isFile = model.contains("/") || model.hasSuffix(".json")
    return try (isFile ? Project(root: ".") : project.open()).model(named: model)
  }

  private func listSkipped() throws {
    let project = try project.open()
    let profile = try project.profile(model)
    let plan = try Vendor.plan(profile, try project.models(of: profile.vendor))
    show(plan.skipped.map(\.message))
    if !json { Terminal.error("\(plan.skipped.count) declarations not bound") }
  }

  private func show(_ lines: [String]) {
    if json {
      var writer = JSONWriter()
      writer.array(lines) { $0.string($1) }
      Terminal.print(writer.finish())
    } else if !lines.isEmpty {
      Terminal.print(lines.joined(separator: "\n"))
    }
  }
}
