import ArgumentParser
import Files
import HeaderModel
import HeaderReader
import Workspace

struct ProjectOptions: ParsableArguments {
  @Option(help: "The package's directory: the one with the Profiles folder.")
  var project: String?

  func open() throws -> Project {
    if let project {
      guard Files.isDirectory(Files.join(project, "Profiles")) else {
        throw Diagnostic(
          .error, file: project, "there is no Profiles folder in it", rule: "no-project",
          help: "name the package's directory")
      }
      return Project(root: Files.resolve(project) ?? project)
    }
    return try Project.find(from: Files.workingDirectory ?? ".")
  }
}

struct QuietOption: ParsableArguments {
  @Flag(name: [.short, .long], help: "Say nothing but errors.")
  var quiet = false

  func say(_ text: @autoclosure () -> String) {
    if !quiet { Terminal.error(text()) }
  }
}

/// How a header is parsed, on top of what the profile says.
struct HeaderOptions: ParsableArguments {
  @Option(
    name: .customLong("include"), parsing: .singleValue,
    help: ArgumentHelp("A directory to search for included headers.", valueName: "dir"))
  var includes: [String] = []

  @Option(
    name: .customLong("stub"), parsing: .singleValue,
    help: ArgumentHelp(
      "A directory of small headers that stand in for a toolkit's, beside the profile's.",
      valueName: "dir"))
  var stubDirectories: [String] = []

  @Option(
    name: .customLong("define"), parsing: .singleValue,
    help: ArgumentHelp("A macro to define.", valueName: "name[=value]"))
  var defines: [String] = []

  @Flag(inversion: .prefixedNo, help: "Use the profile's stub headers in place of a toolkit.")
  var stubs = true

  @Option(help: "The release, where the header's macros do not say it.")
  var release: String?

  @Option(help: "Which of the vendor's builds the header is of, where its release does not say it.")
  var flavour: String?

  @Option(help: ArgumentHelp("The largest header to read.", valueName: "bytes"))
  var sizeLimit: Int?

  @Option(help: ArgumentHelp("The libclang to use.", valueName: "path"))
  var libclang: String?
}
