import ArgumentParser
import Files
import HeaderModel
import HeaderReader
import Workspace

struct Read: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "read",
    abstract: "Reads a header with libclang and writes its model as JSON.",
    discussion: "Example: bindgen-coll read --profile nccl --header nccl.h --output nccl.json")

  @Option(help: ArgumentHelp("A profile's name, or the path of its file.", valueName: "name"))
  var profile: String

  @Option(help: ArgumentHelp("The header.", valueName: "path"))
  var header: String

  @OptionGroup var reading: HeaderOptions

  @Option(name: .shortAndLong, help: ArgumentHelp("Where to write it.", valueName: "file"))
  var output: String?

  @OptionGroup var project: ProjectOptions
  @OptionGroup var quiet: QuietOption

  func run() throws {
    let profile = try LoadedProfile(profile, project)
    let result = try reading.read(header, profile.value)
    Terminal.error(result.diagnostics)
    let json = result.header.json()
    guard let output else { return Terminal.print(json) }
    do throws(FileError) { try Files.write(json, to: output) } catch { throw Diagnostic(error) }
    quiet.say(
      "\(header): \(result.header.vendor) \(result.header.identifier), \(result.header.summary)")
  }
}
