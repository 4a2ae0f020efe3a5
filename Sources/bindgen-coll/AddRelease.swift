import ArgumentParser
import BindingPlan
import Files
import HeaderDiff
import HeaderModel
import HeaderReader
import ReleaseReview
import Workspace

struct AddRelease: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "add-release",
    abstract: "Reads a release's header, stores its model, and generates the module anew.",
    discussion: """
      Examples: bindgen-coll add-release nccl --header nccl.h
                bindgen-coll add-release nccl --package nvidia_nccl_cu12-2.28.3-….whl
                bindgen-coll add-release nccl --library /usr/lib/libnccl.so.2
      """)

  @Argument(help: "The vendor: a profile's name.")
  var vendor: String

  @Option(help: ArgumentHelp("The header.", valueName: "path"))
  var header: String?

  @Option(help: ArgumentHelp("The library; the header is looked for beside it.", valueName: "path"))
  var library: String?

  @Option(help: ArgumentHelp("A wheel, or an unpacked package.", valueName: "path"))
  var package: String?

  @Flag(help: "Store the model and generate nothing yet: for the first of a new vendor's releases.")
  var modelOnly = false

  @OptionGroup var reading: HeaderOptions
  @OptionGroup var project: ProjectOptions
  @OptionGroup var quiet: QuietOption

  func validate() throws {
    guard [header, library, package].compactMap(\.self).count == 1 else {
      throw ValidationError("give one of --header, --library and --package")
    }
  }

  func run() throws {
    let project = try project.open()
    let profile = try project.profile(vendor)
    let source = try HeaderSource(
      header: header, library: library, package: package, profile: profile)
    defer { source.cleanUp() }
    let result = try reading.read(source.path, profile)
    Terminal.error(result.diagnostics)

    let new = result.header
    var outputs = OutputSet()
    outputs.add(project.path(of: new), new.json())
    var headers = try project.headers(of: profile, reading)
    var report: Report?
    let isKnown = headers.contains { $0.identifier == new.identifier }
    if !modelOnly {
      headers.removeAll { $0.identifier == new.identifier }
      headers.append(new)
      let plan = try Vendor.plan(profile, headers)
      let templates = try project.templateLibrary()
      try outputs.add(plan, templates, to: project.generated)
      headers = headers.sortedByRelease()
      let series = try project.series(profile, headers)
      try outputs.add(series, templates, to: project.generated)
      quiet.say(plan.summary)
      report = series.reports.first { $0.new.identifier == new.identifier }
    }
    let changes = try outputs.write()

    quiet.say(
      "\(profile.displayName) \(new.identifier)\(isKnown ? " (read again)" : ""): \(new.summary)")
    if let report { quiet.say("against \(report.old.identifier): \(report.headline)") }
    for change in changes { quiet.say("  \(change.kind.mark) \(project.display(change.path))") }
    if changes.isEmpty { quiet.say("nothing changed") }
  }
}

extension OutputSet.Drift.Kind {
  fileprivate var mark: String {
    switch self {
    case .missing: "+"
    case .differs: "~"
    case .leftover, .foreign: "-"
    }
  }
}
