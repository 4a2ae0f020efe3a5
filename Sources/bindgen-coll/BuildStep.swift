import ArgumentParser
import BindingPlan
import Files
import HeaderModel
import Rendering
import Workspace

/// What the build plugins run. All that they decide is decided here, because plugins cannot share
/// code and are planned when nothing of it can be known.
struct BuildStep: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "build-step",
    abstract: "What SwiftPM's build plugins run: check or generate one target's files.",
    shouldDisplay: false)

  enum Action: String, ExpressibleByArgument { case check, generate }

  @Argument(help: "check: the target's checked-in files. generate: its Swift files.")
  var action: Action

  @Option(help: "The target, which is the module of one of the package's profiles.")
  var target: String

  @Option(help: "The package's directory.")
  var project: String

  @Option(help: ArgumentHelp("The target's directory.", valueName: "dir"))
  var directory: String

  @Option(help: ArgumentHelp("The directory of its C target.", valueName: "dir"))
  var cDirectory: String?

  @Option(help: ArgumentHelp("Where to write to.", valueName: "dir"))
  var output: String

  @OptionGroup var reading: HeaderOptions

  mutating func run() throws {
    // SwiftPM's paths of folders end with a slash.
    project = Self.trimmed(project)
    directory = Self.trimmed(directory)
    cDirectory = cDirectory.map(Self.trimmed)
    let place = BuildMessages(root: project)
    do {
      try runStep()
    } catch let failure as Failure {
      place.show(failure.diagnostics)
      Exit.with(failure.status)
    } catch let diagnostic as Diagnostic {
      place.show([diagnostic])
      Exit.with(.input)
    }
  }

  private func runStep() throws {
    let project = Project(root: project)
    guard Files.isDirectory(project.profiles) else {
      throw Diagnostic(
        .error, file: "Package.swift",
        "the target \(target) uses a plugin of bindgen-coll, and there is no Profiles folder",
        rule: "no-project", help: "write Profiles/<vendor>.yml, with \"module: \(target)\"")
    }
    let profile = try project.profile(ofTarget: target)
    let headers = try project.headers(of: profile, reading)
    guard !headers.isEmpty else {
      throw Diagnostic(
        .error, file: profile.file, "there is no header to make \(target) of",
        rule: "model-missing",
        help: "say header: source: in it, or store a release's model: "
          + "\(Self.command("add-release \(profile.vendor) --header PATH"))")
    }
    try refuseMisfits(profile)
    let plan = try Vendor.plan(profile, headers)
    let templates = try project.templateLibrary()
    let files = try templates.render(plan)

    var checked = OutputSet()
    for file in files {
      let folder = file.path.prefix { $0 != "/" }
      // All but the C module's files are made in this build.
      if action == .generate, folder != plan.cModule { continue }
      guard let root = root(of: String(folder), plan, project) else { continue }
      let path = Files.join(root, String(file.path.dropFirst(folder.count + 1)))
      checked.add(path, file.bytes)
      checked.own(Files.parent(of: path))
    }
    try refuseDrift(checked, profile, project)

    var made = OutputSet()
    switch action {
    case .check:
      let stamp = "// \(target) is what bindgen-coll would generate.\n"
      made.add(Files.join(output, "BindingsCheck.swift"), Array(stamp.utf8))
    case .generate:
      for file in try templates.renderForBuild(plan) {
        made.add(Files.join(output, file.name), file.bytes)
      }
    }
    _ = try made.write()
  }

  /// Where a folder of the output lies in the package; `nil` for what is no part of the target.
  private func root(of folder: String, _ plan: Plan, _ project: Project) -> String? {
    switch folder {
    case plan.module: directory
    case plan.cModule:
      cDirectory
        ?? Files.join(
          action == .check ? Files.parent(of: directory) : project.generated, plan.cModule)
    default: nil
    }
  }

  private func refuseMisfits(_ profile: VendorProfile) throws(Diagnostic) {
    if action == .check, profile.swiftFromPlugin {
      throw Diagnostic(
        .error, file: profile.file, line: profile.lines["swiftFromPlugin"],
        "\(target) checks its files with BindingsCheck, and the profile says that they are made in "
          + "the build", rule: "plugin",
        help: "remove \"swiftFromPlugin\", or use the plugin BindingsGenerator")
    }
    let own =
      profile.outputs
      + profile.additionalOutputs.filter {
        $0.path.hasPrefix("\(profile.module)/")
      }
    if action == .generate, let output = own.first {
      throw Diagnostic(
        .error, file: profile.file, line: output.line,
        "BindingsGenerator makes the usual files only, not \(output.path)", rule: "plugin",
        help: "check the files in, and use the plugin BindingsCheck")
    }
  }

  private func refuseDrift(
    _ checked: OutputSet, _ profile: VendorProfile, _ project: Project
  ) throws {
    let drift = try checked.drift()
    guard !drift.isEmpty else { return }
    let usual = action == .generate || directory == Files.join(project.generated, target)
    let output = usual ? "" : " --output '\(project.display(Files.parent(of: directory)))'"
    let fix = Self.command("generate \(profile.vendor)\(output)")
    throw Failure(
      .drift,
      drift.map { drift in
        Diagnostic(
          .error, file: drift.path, line: checked.firstDifference(drift), drift.kind.words,
          rule: "drift",
          help: drift.kind == .foreign ? "move it to another folder" : "run: \(fix)")
      })
  }

  private static func trimmed(_ path: String) -> String {
    path.count > 1 && path.hasSuffix("/") ? String(path.dropLast()) : path
  }

  private static func command(_ verb: String) -> String {
    "swift package --allow-writing-to-package-directory bindgen-coll \(verb)"
  }
}

extension OutputSet {
  /// The first line on disk that is not what it should be.
  fileprivate func firstDifference(_ drift: Drift) -> Int? {
    guard drift.kind == .differs, let mine = files.first(where: { $0.path == drift.path }),
      let theirs = try? Files.read(drift.path)
    else { return nil }
    let same = zip(mine.bytes, theirs).prefix { $0 == $1 }
    return 1 + same.count { $0.0 == UInt8(ascii: "\n") }
  }
}

/// Messages as builds show them: one line each, beginning with an absolute path, a line and a
/// column, so that editors lead there.
private struct BuildMessages {
  var root: String

  func show(_ diagnostics: [Diagnostic]) {
    for diagnostic in diagnostics {
      let place =
        "\(path(diagnostic.file)):\(diagnostic.line ?? 1):\(diagnostic.column ?? 1): "
      var text = "\(place)\(diagnostic.severity.word): \(diagnostic.message) [\(diagnostic.rule)]"
      if let help = diagnostic.help {
        text += "\n\(place)note: \(help.split(separator: "\n").joined(separator: "; "))"
      }
      Terminal.error(VisibleText.of(text))
    }
  }

  /// What is no file, such as an option's name, is shown at the package's manifest.
  private func path(_ file: String) -> String {
    let path = Files.join(root, file)
    return Files.exists(path) || file.contains("/") ? path : Files.join(root, "Package.swift")
  }
}
