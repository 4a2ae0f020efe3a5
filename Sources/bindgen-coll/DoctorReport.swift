import BindingPlan
import Glibc
import HeaderModel
import HeaderReader

/// The lines of `bindgen-coll doctor`.
struct DoctorReport {
  private var lines: [(what: String, found: String)] = []
  private(set) var hasLibclang = false

  mutating func add(_ what: String, _ found: String) { lines.append((what, found)) }

  mutating func addLibclang(_ path: String?) {
    do {
      let libclang = try Libclang(path: path)
      hasLibclang = true
      add("libclang", "\(libclang.path) (\(libclang.version))")
      for attempt in libclang.attempts.dropLast() {
        add("tried before", "\(attempt.path): \(attempt.failure ?? "it opens")")
      }
      add("builtin headers", "bindgen-coll's own, the same with every libclang")
    } catch {
      add("libclang", "none: \(error)")
    }
  }

  /// Opens each name that the vendor's module would try, in a child process: a library may do
  /// anything when it is loaded.
  mutating func addLibraries(_ profile: VendorProfile) {
    var candidates: [(path: String, how: String)] = []
    for variable in profile.library.environment {
      guard let value = getenv(variable) else { continue }
      candidates.append((String(cString: value), variable))
    }
    candidates += profile.library.names.map { ($0, "soname") }
    for (path, how) in candidates {
      let outcome = Subprocess.run(["/proc/self/exe", "probe-library", path], seconds: 20)
      let reason = outcome.output.split(separator: "\n").last.map(String.init)
      add(
        "library \(path) (\(how))",
        outcome.status == 0 ? "loads" : reason ?? "does not load (status \(outcome.status))")
    }
  }

  func text() -> [UInt8] {
    Array(lines.map { "\($0.what): \($0.found)\n" }.joined().utf8)
  }

  func json() -> [UInt8] {
    var writer = JSONWriter()
    writer.array(lines) { writer, line in
      writer.object(inline: true) {
        $0.field("what", line.what)
        $0.field("found", line.found)
      }
    }
    return writer.finish()
  }
}
