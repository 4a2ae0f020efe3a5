import ArgumentParser
import Glibc
import HeaderModel

@main
struct BindgenColl: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "bindgen-coll",
    abstract: "Reads the headers of GPU collective-communication libraries and generates Swift.",
    discussion: """
      A vendor's header becomes a model (data), models and a profile become a plan, the plan \
      becomes a Swift module that loads every release of the vendor's library.

      Example: bindgen-coll add-release nccl --package nvidia_nccl_cu12-2.28.3.whl

      Exit status: 0 ok, 1 failure, 2 usage, 3 bad input, 4 libclang, 5 generated files differ; \
      6 and 7 are verdicts of diff.
      """,
    version: "0.1.0",
    subcommands: [
      Init.self, Read.self, AddRelease.self, Generate.self, Diff.self, HistoryCommand.self,
      List.self, Explain.self, Verify.self, Doctor.self, BuildStep.self,
      ProbeLibrary.self,
    ])

  static func main() {
    // A file over the limit that a shell sets is to be an error like a full disk.
    signal(SIGXFSZ, SIG_IGN)
    do {
      var command = try parseAsRoot()
      try command.run()
      Exit.with(.success)
    } catch let failure as Failure {
      Terminal.error(failure.diagnostics)
      Exit.with(failure.status)
    } catch let diagnostic as Diagnostic {
      Terminal.error([diagnostic])
      // What cannot be written is no fault of the input's.
      Exit.with(diagnostic.rule == "output" ? .failure : .input)
    } catch {
      // Help and version come this way too, with a successful exit.
      let status = exitCode(for: error)
      let text = fullMessage(for: error)
      if status.isSuccess {
        Terminal.print(text)
        Exit.with(.success)
      }
      Terminal.error(text)
      Exit.with(status == .validationFailure ? .usage : .failure)
    }
  }
}
