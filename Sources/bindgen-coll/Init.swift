import ArgumentParser
import BindingPlan
import Files
import HeaderModel
import HeaderReader
import Scaffold
import Workspace

struct Init: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "init",
    abstract: "Begins a vendor: guesses a profile from a header, and makes the module and a test.",
    discussion: """
      Run it in your package's folder, or in an empty one, which becomes a package. Nothing that is \
      there is changed: of a Package.swift the lines to add are printed.

      Examples: bindgen-coll init toyccl --header include/toyccl.h --name ToyCCL
                bindgen-coll init nccl --header nccl.h --stub Profiles/Stubs/cuda

      Exit status: 0 all written; 2 usage; 3 bad input, or a guess that the module cannot be made \
      with: the profile is kept, to be mended; 4 a header that clang refuses.
      """)

  @Argument(help: "The vendor: letters and digits, such as nccl. The profile is called so.")
  var vendor: String

  @Option(help: ArgumentHelp("The vendor's header.", valueName: "path"))
  var header: String

  @Option(help: "The library's name in messages; the vendor in capitals by default.")
  var name: String?

  @Option(help: "The Swift module; by default the name and \"Bindings\".")
  var module: String?

  @OptionGroup var reading: HeaderOptions

  @Option(help: "The package's folder; the one you are in by default.")
  var project: String?

  @OptionGroup var quiet: QuietOption

  private var displayName: String { name ?? vendor.uppercased() }
  private var typePrefix: String { Self.typeName(displayName) }
  private var moduleName: String { module ?? "\(typePrefix)Bindings" }

  func validate() throws {
    guard vendor.isPlainName, isIdentifier(Self.words(vendor))
    else {
      throw ValidationError(
        "the vendor must be letters and digits, beginning with a letter, not \"\(vendor)\"")
    }
    guard isIdentifier(typePrefix), !displayName.contains("`"),
      displayName.unicodeScalars.allSatisfy({ $0.properties.isPatternWhitespace ? $0 == " " : true }
      )
    else {
      throw ValidationError(
        "--name must be one line that begins with a letter, not \"\(displayName)\"")
    }
    guard reading.flavour == nil else {
      throw ValidationError("init begins with the vendor's own build; add others with add-release")
    }
    guard isIdentifier(moduleName) else {
      throw ValidationError("--module must be a name for a Swift module, not \"\(moduleName)\"")
    }
    if PackageText.taken.contains(moduleName) {
      throw ValidationError(
        "bindgen-coll has a module \(moduleName) already: use it, or choose another name with "
          + "--module")
    }
  }

  func run() throws {
    let root = project ?? Files.workingDirectory ?? "."
    guard Files.isDirectory(root) else {
      throw Diagnostic(
        .error, file: root, "there is no such folder", rule: "no-project",
        help: "make it first, or leave --project out")
    }
    let project = Project(root: Files.resolve(root) ?? root)
    let scaffold = try VendorScaffold(
      project, vendor: vendor, displayName: displayName, typePrefix: typePrefix,
      module: moduleName, header: header, reading)
    let changes = try scaffold.write()
    report(scaffold, changes)
    guard scaffold.problems.isEmpty else {
      let kept = Diagnostic(
        .note, file: scaffold.profileName,
        "\(scaffold.profileName) is kept, and so is the model: no module could be made of them",
        rule: "init-incomplete",
        help: "correct the profile, then run `bindgen-coll generate \(vendor)`")
      throw Failure(.input, scaffold.problems + [kept])
    }
  }

  private func report(_ scaffold: VendorScaffold, _ changes: [String]) {
    guard !quiet.quiet else { return }
    var text = ["\(header): \(scaffold.model.summary)"]
    text.append(ProfileGuess.text(scaffold.findings))
    text.append("written:")
    text += changes.map { "  + \($0)" }
    if scaffold.hasManifest {
      text.append("Package.swift is yours and was left alone:")
      text.append(scaffold.package.additions)
    }
    text.append("next:")
    text.append("  check \(scaffold.profileName); then bindgen-coll generate \(vendor)")
    text.append("  swift test, with \(scaffold.package.environmentVariable) set to the library")
    text.append("  add other releases: bindgen-coll add-release \(vendor) --header PATH")
    Terminal.print(VisibleText.of(text.joined(separator: "\n")))
  }

  /// Letters and digits of a name, each word's first one a capital.
  private static func typeName(_ name: String) -> String {
    name.split { !$0.isASCII || !($0.isLetter || $0.isNumber) }
      .map { $0.prefix(1).uppercased() + $0.dropFirst() }.joined()
  }

  private static func words(_ vendor: String) -> String { vendor.split(separator: "-").joined() }
}
