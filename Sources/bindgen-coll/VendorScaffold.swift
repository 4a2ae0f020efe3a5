import BindingPlan
import Files
import HeaderModel
import HeaderReader
import Scaffold
import Workspace

/// What `init` makes of a header: everything is worked out before the first file is written.
struct VendorScaffold {
  /// Why the planner refuses what was guessed, where no guess could be taken back.
  private(set) var problems: [Diagnostic] = []
  private(set) var package: PackageText
  private(set) var model: Header
  /// Whether there is a Package.swift, which is not touched.
  let hasManifest: Bool

  private let project: Project
  private var text: ProfileText
  private var guess: ProfileGuess
  private var outputs = OutputSet()

  var findings: [ProfileGuess.Finding] { guess.findings }

  /// As messages show it.
  var profileName: String { project.display(profilePath) }

  private var profilePath: String { Files.join(project.profiles, "\(text.vendor).yml") }

  init(
    _ project: Project, vendor: String, displayName: String, typePrefix: String, module: String,
    header: String, _ reading: HeaderOptions
  ) throws {
    self.project = project
    text = ProfileText(
      vendor: vendor, displayName: displayName, module: module, typePrefix: typePrefix,
      headerFile: Files.name(of: header))
    package = PackageText(
      module: module, libraryType: "\(typePrefix)Library",
      environmentVariable: text.environmentVariable)
    let manifest = Files.join(project.root, "Package.swift")
    hasManifest = Files.exists(manifest)
    try Self.checkFree(project, vendor, module)

    let blank = try VendorProfile(
      yaml: "{vendor: \(vendor), module: \(module), typePrefix: \(typePrefix)}", file: header,
      directory: project.profiles)
    let result = try reading.parse(header, blank)
    Terminal.error(result.diagnostics)
    model = result.header
    guess = ProfileGuess(model, release: try reading.givenRelease())
    guard !guess.prefixes.isEmpty else {
      throw Diagnostic(
        .error, file: header, "it declares no functions whose names begin alike",
        rule: "nothing-to-bind",
        help:
          "give the header that declares the library's functions; one that includes it does not "
          + "count")
    }
    note(reading)
    guess.found(
      "library", text.libraryNames(guess).joined(separator: ", "),
      "by the vendor's name; no header says what the file is called")

    let plan = try plan(reading, header)
    outputs.add(profilePath, Array(text.yaml(guess).utf8))
    outputs.add(project.path(of: model), model.json())
    if let plan {
      let templates = try project.templateLibrary()
      try outputs.add(plan, templates, to: project.generated)
      try outputs.add(
        project.series(plan.profile, [model]), templates, to: project.generated)
    }
    outputs.add(Self.testPath(project, module), Array(package.test.utf8))
    if !hasManifest {
      let name = Files.name(of: project.root).filter { $0.isASCII && ($0.isLetter || $0 == "-") }
      outputs.add(
        manifest, Array(package.manifest(named: name.isEmpty ? vendor : name).utf8))
    }
  }

  /// Writes all of it or nothing; the names of the files.
  func write() throws -> [String] { try outputs.write().map { project.display($0.path) } }

  // MARK: What is there already

  private static func testPath(_ project: Project, _ module: String) -> String {
    Files.join(project.root, "Tests/\(module)Tests/\(module)Tests.swift")
  }

  private static func checkFree(
    _ project: Project, _ vendor: String, _ module: String
  ) throws(Diagnostic) {
    let profile = Files.join(project.profiles, "\(vendor).yml")
    if Files.exists(profile) {
      throw Diagnostic(
        .error, file: project.display(profile), "there is a profile of \(vendor) already",
        rule: "profile-exists",
        help: "to add a release: bindgen-coll add-release \(vendor) --header PATH; to begin anew, "
          + "move the profile away first")
    }
    let others = [
      project.modelDirectory(of: vendor), Files.join(project.generated, module),
      Files.join(project.generated, "C\(module)"), testPath(project, module),
    ]
    for path in others where Files.exists(path) {
      throw Diagnostic(
        .error, file: project.display(path), "it is there already, and init overwrites nothing",
        rule: "file-exists", help: "move it away, or choose another name with --module")
    }
  }

  // MARK: How the header was read

  /// What the profile must say for the header to be read the same way again.
  private mutating func note(_ reading: HeaderOptions) {
    text.defines = reading.defines
    for stub in reading.stubDirectories {
      let root = project.root + "/"
      guard let path = Files.resolve(stub), path.hasPrefix(root) else {
        guess.found(
          "stubs", nil,
          "\(stub) is outside the package: copy it to Profiles/Stubs and name it under header: "
            + "stubs:, or give --stub each time")
        continue
      }
      let inside = String(path.dropFirst(root.count))
      text.stubs.append(
        inside.hasPrefix("Profiles/") ? String(inside.dropFirst(9)) : "../\(inside)")
    }
    if !reading.includes.isEmpty {
      guess.found(
        "include directories", nil,
        "a profile names none: give --include each time, or write stubs")
    }
  }

  // MARK: The plan

  /// Plans the module, and takes guesses back that the planner refuses. `nil` where that is not
  /// enough.
  private mutating func plan(_ reading: HeaderOptions, _ header: String) throws -> Plan? {
    while true {
      let profile = try VendorProfile(
        yaml: text.yaml(guess), file: profileName, directory: project.profiles)
      model.release = try reading.release(of: model, header, profile)
      do throws(PlanError) {
        return try Plan(profile: profile, headers: [model])
      } catch {
        guard takeBack(error.diagnostics) || renameLibrary(error.diagnostics) else {
          problems = error.diagnostics
          return nil
        }
      }
    }
  }

  /// A type of the vendor's may be called as the class of the library, or what stands beside it.
  private mutating func renameLibrary(_ diagnostics: [Diagnostic]) -> Bool {
    let clash = diagnostics.first { diagnostic in
      diagnostic.rule == "name-clash"
        && ["the library and ", "its functions and ", "its constants and "]
          .contains { diagnostic.message.hasPrefix($0) }
    }
    guard let clash, text.libraryType == nil else { return false }
    let name = "\(text.typePrefix)API"
    text.libraryType = name
    package.libraryType = name
    guess.found("library's class", name, clash.message)
    return true
  }

  private mutating func takeBack(_ diagnostics: [Diagnostic]) -> Bool {
    // A clash of names is nobody's guess.
    for diagnostic in diagnostics where diagnostic.rule != "name-clash" {
      for word in diagnostic.message.split(whereSeparator: { " ,:".contains($0) }) {
        if guess.drop(String(word), because: diagnostic.message) { return true }
      }
    }
    return false
  }
}
