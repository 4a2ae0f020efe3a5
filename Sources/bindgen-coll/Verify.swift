import ArgumentParser
import BindingPlan
import ELFSymbols
import HeaderModel
import LibraryCheck
import Workspace

struct Verify: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "verify",
    abstract: "Holds a library file against its vendor's headers.",
    discussion: """
      Shows what the header declares and the library does not export, and the other way round; the \
      library's release, flavour, twins, and what it needs. The file is only read; with --load it is \
      also opened, in a child process, and asked for its version.

      Examples: bindgen-coll verify /usr/lib/libnccl.so.2
                bindgen-coll verify libnccl.so.2 --model nccl@2.28.3 --load
                bindgen-coll verify librccl.so.1 --vendor nccl --json

      Exit status: 0 consistent; 1 something declared is not exported, or the releases by header and \
      by call differ, or --load got no answer; 2 usage; 3 bad input, such as no ELF file or one for \
      another machine.
      """)

  @Argument(help: ArgumentHelp("The library file.", valueName: "path"))
  var library: String

  @Option(help: "The model to check against: VENDOR@RELEASE or a file. Else the one that fits.")
  var model: String?

  @Option(help: "The vendor: a profile's name. Else the one whose library it is.")
  var vendor: String?

  @Flag(help: "Open the library in a child process and ask for its version.")
  var load = false

  @Option(help: ArgumentHelp("How long that may take.", valueName: "seconds"))
  var timeout = 20

  @Flag(help: "As JSON.")
  var json = false

  @OptionGroup var project: ProjectOptions
  @OptionGroup var quiet: QuietOption

  func validate() throws {
    if model != nil, vendor != nil { throw ValidationError("give one of --model and --vendor") }
    guard (1...3600).contains(timeout) else {
      throw ValidationError("--timeout must be from 1 to 3600 seconds")
    }
  }

  func run() throws {
    let file = try read()
    let project = try project.open()
    let named = try model.map { name throws(Diagnostic) in try project.model(named: name) }
    let profile =
      if let name = vendor ?? named?.vendor {
        try project.profile(name)
      } else {
        try VendorGuess.profile(
          of: file, among: project.vendorsWithModels().map { try project.profile($0) })
      }
    let check = try LibraryCheck(
      file, profile, models: project.models(of: profile.vendor), named: named,
      answer: load ? LibraryQuestion.ask(library, profile.library, seconds: timeout) : .notAsked)
    if !quiet.quiet {
      if json { Terminal.print(check.json()) } else { Terminal.print(VisibleText.of(check.text)) }
    }
    if !check.isConsistent { throw Failure(.failure, []) }
  }

  private func read() throws -> SharedObject {
    do throws(ELFError) {
      return try SharedObject(contentsOf: library)
    } catch {
      throw Diagnostic(error)
    }
  }
}

extension Diagnostic {
  /// A file that is no library that can be read, as a message.
  fileprivate init(_ error: ELFError) {
    let rule =
      switch error.reason {
      case .unreadable: "file"
      case .notELF: "library-not-elf"
      case .unsupported: "library-unsupported"
      case .damaged: "library-damaged"
      }
    let place = error.reason == .damaged ? "damaged at byte \(error.offset): " : ""
    self.init(.error, file: error.file, place + error.what, rule: rule)
  }
}
