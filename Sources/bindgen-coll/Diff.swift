import ArgumentParser
import BindingPlan
import Files
import HeaderDiff
import HeaderModel
import HeaderReader
import ReleaseReview
import Rendering
import Workspace

struct Diff: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "diff",
    abstract: "Compares two releases and says for whom the differences matter.",
    discussion: """
      OLD and NEW are models (files, or VENDOR@RELEASE), headers (with --profile), or whole modules: \
      VENDOR for the working tree's, REVISION:VENDOR for that of a git revision.

      Examples: bindgen-coll diff nccl@2.29.7 nccl@2.30.3 --format markdown
                bindgen-coll diff old/nccl.h new/nccl.h --profile nccl --fail-on breaking
                bindgen-coll diff HEAD~1:nccl nccl

      Exit status: 0 compatible, 6 compatible with a condition, 7 breaking; verdicts below --fail-on \
      give 0. 1 if a waiver is out of date or matches nothing; 2 to 4 as for every command.
      """)

  @Argument(help: "The side to come from.")
  var old: String?

  @Argument(help: "The side to go to.")
  var new: String?

  @Option(
    help: ArgumentHelp("The profile; that of the models' vendor by default.", valueName: "name"))
  var profile: String?

  @Option(help: ArgumentHelp("text, markdown, json, sarif or html.", valueName: "format"))
  var format: ReportFormat = .text

  @Option(name: .shortAndLong, help: ArgumentHelp("Where to write it.", valueName: "file"))
  var output: String?

  @Option(
    help: ArgumentHelp(
      "The mildest verdict that fails: conditional, breaking or never.",
      valueName: "verdict"))
  var failOn: Threshold = .conditional

  @Option(
    name: .customLong("consumer"), parsing: .singleValue,
    help: ArgumentHelp(
      "Only this kind of user counts for the exit status: c-source, c-abi or swift.",
      valueName: "consumer"))
  var consumers: [Consumer] = []

  @Option(
    help: ArgumentHelp(
      "A file of waivers; Profiles/<vendor>.waivers.yml by default, if it is there.",
      valueName: "file"))
  var waivers: String?

  @Flag(help: "List the rules, with their verdicts.")
  var rules = false

  @OptionGroup var reading: HeaderOptions
  @OptionGroup var project: ProjectOptions

  enum Threshold: String, ExpressibleByArgument, CaseIterable {
    case conditional, breaking, never
  }

  func validate() throws {
    if !rules, old == nil || new == nil {
      throw ValidationError("give two sides to compare: bindgen-coll diff OLD NEW")
    }
  }

  func run() throws {
    if rules { return Terminal.print(RuleTable.text(Rule.all)) }
    guard let old, let new else { return }
    let given = try profile.map { try LoadedProfile($0, project).value }
    let left = try DiffSide(old, profile: given, reading, project)
    let right = try DiffSide(new, profile: given, reading, project)
    let (report, waivers) = try compare(left, right, given)

    let bytes = try templates().render(report, as: format)
    if let output {
      do throws(FileError) { try Files.write(bytes, to: output) } catch { throw Diagnostic(error) }
    } else {
      Terminal.print(bytes)
    }
    let problems = report.problems(of: waivers, on: .today)
    guard problems.isEmpty else { throw Failure(.failure, problems) }
    if let status = status(report.verdicts) { Exit.with(status) }
  }

  private func compare(
    _ left: DiffSide, _ right: DiffSide, _ given: VendorProfile?
  ) throws -> (Report, [Waiver]) {
    switch (left, right) {
    case (.header(let old), .header(let new)):
      if given == nil, old.vendor != new.vendor {
        throw Diagnostic(
          .error, file: self.new ?? "",
          "the model is of \(new.vendor), the other one of \(old.vendor)", rule: "vendors-differ",
          help: "to compare them all the same, say with --profile whose conventions hold")
      }
      try checkRelated(old, new)
      let profile = try given ?? storedProfile(new.vendor)
      let waivers = try loadWaivers(new.vendor)
      let others = try (try? project.open())?.models(of: new.vendor) ?? []
      return (
        Report(old, new, profile: profile, others: others, waivers: waivers), waivers
      )
    case (.module(let before, let old), .module(let after, let new)):
      if before.vendor != after.vendor {
        throw Diagnostic(
          .error, file: self.new ?? "",
          "the module is of \(after.vendor), the other one of \(before.vendor)",
          rule: "vendors-differ")
      }
      let waivers = try loadWaivers(after.vendor)
      return (
        try Report(
          Vendor.plan(before, old), old, Vendor.plan(after, new), new, waivers: waivers), waivers
      )
    case (.header, .module), (.module, .header):
      throw Failure(
        .usage,
        [
          Diagnostic(
            .error, file: "diff", "one side is a release, the other a whole module",
            rule: "sides-differ", help: "give two releases, or two modules")
        ])
    }
  }

  /// Headers without one name in common are a mistake of the caller's, not a breaking change.
  private func checkRelated(_ old: Header, _ new: Header) throws {
    let names = Set(old.functions.map(\.name))
    guard !names.isEmpty, !new.functions.isEmpty,
      !new.functions.contains(where: { names.contains($0.name) })
    else { return }
    throw Diagnostic(
      .error, file: self.new ?? "",
      "it has none of the \(names.count) functions of \(self.old ?? "")", rule: "unrelated",
      help: "check that both are headers of one library")
  }

  /// A model from elsewhere may be of a vendor that this project has no profile of.
  private func storedProfile(_ vendor: String) throws -> VendorProfile? {
    guard let project = try? project.open(), try project.vendors().contains(vendor) else {
      return nil
    }
    return try project.profile(vendor)
  }

  private func loadWaivers(_ vendor: String) throws -> [Waiver] {
    if let waivers { return try Waiver.load(waivers, shownAs: waivers) }
    guard let project = try? project.open() else { return [] }
    return try Waiver.load(of: vendor, project)
  }

  private func templates() throws -> TemplateLibrary { try project.open().templateLibrary() }

  private func status(_ verdicts: Verdicts) -> ExitStatus? {
    let worst = (consumers.isEmpty ? Consumer.allCases : consumers).map { verdicts[$0] }.max()
    return switch (worst, failOn) {
    case (.breaking, .conditional), (.breaking, .breaking): .breaking
    case (.conditional, .conditional): .conditional
    default: nil
    }
  }
}

extension ReportFormat: ExpressibleByArgument {}
extension Consumer: ExpressibleByArgument {}
