import ArgumentParser
import Glibc

/// What `doctor` runs in a process of its own for each library: a library may do anything when it
/// is loaded.
struct ProbeLibrary: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "probe-library", abstract: "Opens a library and ends.", shouldDisplay: false)

  @Argument(help: "The library.")
  var path: String

  func run() throws {
    guard dlopen(path, RTLD_NOW | RTLD_LOCAL) == nil else { return }
    Terminal.print(dlerror().map { String(cString: $0) } ?? "it cannot be loaded")
    throw ExitCode.failure
  }
}
