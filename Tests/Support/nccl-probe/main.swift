// Loads one NCCL library and says, check by check, whether it is and does what the generated module
// says of it. The tests and Scripts/matrix give every library a process of its own.
//
// usage: nccl-probe LIBRARY VERSION-CODE
//
// VERSION-CODE is what the library's header defines NCCL_VERSION_CODE as. Prints a line a check,
// "ok" or "FAILED", the check's name and the facts, with tabs between; exits with 1 if any failed.

import Glibc
import LibraryLoader
import NCCLBindings

/// Why a check failed.
struct Failure: Error {
  let reason: String

  init(_ reason: String) { self.reason = reason }
}

func expect(_ condition: Bool, _ reason: @autoclosure () -> String) throws(Failure) {
  guard condition else { throw Failure(reason()) }
}

let arguments = CommandLine.arguments.dropFirst()
guard arguments.count == 2, let path = arguments.first,
  let code = arguments.last.flatMap({ Int($0) })
else {
  let usage = "usage: nccl-probe LIBRARY VERSION-CODE\n"
  write(STDERR_FILENO, usage, usage.utf8.count)
  exit(2)
}

var failures = 0

/// Runs a check and prints its line.
@MainActor func check<Result>(_ name: String, _ body: () throws -> (Result, String)) -> Result? {
  let line: (String, String)
  var result: Result?
  do {
    let (value, facts) = try body()
    result = value
    line = ("ok", facts)
  } catch let failure as Failure {
    line = ("FAILED", failure.reason)
  } catch {
    line = ("FAILED", "\(error)")
  }
  if result == nil { failures += 1 }
  print("\(line.0)\t\(name)\t\(line.1)")
  return result
}

let nccl = check("load") {
  let nccl = try NCCLLibrary.load(LoadOptions(path: path, environment: [:]))
  return (nccl, nccl.library.release.map(\.description) ?? "of unknown release")
}
if let nccl {
  let checks = Checks(nccl: nccl)
  _ = check("version") { ((), try checks.version(code)) }
  _ = check("unique-id") { ((), try checks.uniqueIDs()) }
  _ = check("init") { ((), try checks.initialization()) }
  _ = check("report") { ((), try checks.report()) }
}
exit(failures == 0 ? 0 : 1)
