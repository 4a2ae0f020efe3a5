import BindingPlan
import LibraryCheck

/// Asks a library for its version in a process of its own, which may crash, hang or print.
enum LibraryQuestion {
  static func ask(
    _ path: String, _ library: VendorProfile.Library, seconds: Int
  ) -> LibraryAnswer {
    guard let function = library.versionFunction else {
      return .failed("the profile names no version function")
    }
    // A name without "/" would be looked for where the system's libraries are.
    let file = path.contains("/") ? path : "./\(path)"
    let count = library.versionCode.isEmpty ? library.versionCount : 1
    let outcome = Subprocess.run(
      ["/proc/self/exe", "probe-library", file, "--call", function, "--count", String(count)],
      seconds: seconds, limit: 1 << 16)
    let lines = outcome.output.split(separator: "\n")
    if let answer = lines.last.flatMap({ ProbeLibrary.Answer(String($0)) }), outcome.status == 0 {
      guard answer.status == 0 else {
        return .failed("its \(function) returns status \(answer.status)")
      }
      return .said(answer.values)
    }
    switch outcome.status {
    case 0: return .failed("it ended the process before it answered")
    case 137: return .failed("it did not answer within \(seconds) seconds, or was killed")
    case 129...: return .failed("it crashed with signal \(outcome.status - 128)")
    default:
      return .failed(lines.last.map(String.init) ?? "exit status \(outcome.status)")
    }
  }
}
