import ArgumentParser
import HeaderModel
import HeaderReader
import Workspace

struct Doctor: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "doctor",
    abstract: "Shows what bindgen-coll finds on this machine: what to paste into a bug report.",
    discussion: "Example: bindgen-coll doctor --json")

  @Option(help: ArgumentHelp("The libclang to use.", valueName: "path"))
  var libclang: String?

  @Flag(help: "As JSON.")
  var json = false

  @OptionGroup var project: ProjectOptions

  func run() throws {
    var report = DoctorReport()
    report.add("bindgen-coll", BindgenColl.configuration.version)
    report.addLibclang(libclang)
    if let project = try? project.open() {
      report.add("project", project.root)
      for vendor in try project.vendors() {
        let models = try project.models(of: vendor)
        let range =
          models.isEmpty
          ? "no models"
          : "\(models.count) models, \(models[0].release) to \(models[models.count - 1].release)"
        report.add("vendor \(vendor)", range)
        report.addLibraries(try project.profile(vendor))
      }
    } else {
      report.add("project", "none here")
    }
    Terminal.print(json ? report.json() : report.text())
    if !report.hasLibclang { throw Failure(.clang, []) }
  }
}
