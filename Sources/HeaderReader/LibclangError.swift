/// One libclang that was looked for, and what came of it.
package struct LibclangAttempt: Hashable, Sendable {
  /// What made it a candidate.
  package enum Origin: String, Hashable, Sendable {
    case option = "given by the user"
    case environment = "BINDGEN_COLL_LIBCLANG"
    case toolchain = "beside the compiler on PATH"
    case system = "installed in the system"
    case loader = "the loader's search path"
  }

  /// The path, or the soname for the loader to find.
  package var path: String
  package var origin: Origin
  /// `dlerror`'s words, or what the library lacks; `nil` for the one that was opened.
  package var failure: String?
}

/// No libclang could be opened.
package struct LibclangError: Error, Hashable, Sendable, CustomStringConvertible {
  package var attempts: [LibclangAttempt]

  package var description: String {
    var text = "cannot open libclang"
    for attempt in attempts {
      text += "\n  \(attempt.path) (\(attempt.origin.rawValue)): \(attempt.failure ?? "not usable")"
    }
    // A path that the user named stands alone: whatever else is installed, it was not asked for.
    let isNamed = attempts.contains { $0.origin == .option || $0.origin == .environment }
    text += "\n  help: "
    text +=
      isNamed
      ? "name a libclang.so of LLVM 14 or later, or leave the choice to bindgen-coll"
      : "install one (`apt-get install libclang-dev`), or name it with --libclang PATH or "
        + "BINDGEN_COLL_LIBCLANG"
    return text
  }
}
