internal import CLibclang
internal import Glibc

/// An open libclang.
///
/// It is opened at run time rather than linked, so that one build of the compiler works with every
/// libclang from 14 on, and never closed: libclang does not support being unloaded.
package final class Libclang: Sendable {
  /// The path, or the soname that the loader resolved.
  package let path: String
  /// What was tried before, and this one last.
  package let attempts: [LibclangAttempt]
  /// Every member is set: that was checked when it was filled.
  let functions: CLibclang_Functions

  /// Opens the first usable libclang: the one at `path`, the one that `BINDGEN_COLL_LIBCLANG`
  /// names, the Swift toolchain's, the system's, the loader's. One that the user names is the only
  /// one tried.
  ///
  /// The toolchain's comes before the system's because it loads in half the time.
  package convenience init(path: String? = nil) throws(LibclangError) {
    try self.init(path: path) { name in getenv(name).map { String(cString: $0) } }
  }

  /// As above with the environment given by the caller.
  package init(
    path: String? = nil, environment: @escaping (String) -> String?
  ) throws(LibclangError) {
    var attempts: [LibclangAttempt] = []
    for candidate in LibclangCandidates(path: path, environment: environment) {
      var attempt = LibclangAttempt(path: candidate.path, origin: candidate.origin)
      var functions = CLibclang_Functions()
      attempt.failure = Self.fill(&functions, from: candidate.path)
      attempts.append(attempt)
      if attempt.failure == nil {
        self.path = candidate.path
        self.attempts = attempts
        self.functions = functions
        return
      }
    }
    throw LibclangError(attempts: attempts)
  }

  /// Such as `clang version 19.1.7`. Asked for on demand, since it costs time.
  package var version: String { text(functions.clang_getClangVersion.unsafelyUnwrapped()) }

  /// Opens the library and looks up every symbol; returns what went wrong.
  private static func fill(_ functions: inout CLibclang_Functions, from path: String) -> String? {
    // RTLD_LOCAL keeps its LLVM apart from another one in the process, RTLD_LAZY saves
    // binding the many functions that are never called.
    guard let handle = dlopen(path, RTLD_LAZY | RTLD_LOCAL) else {
      return dlerror().map { String(cString: $0) } ?? "dlopen gave no reason"
    }
    var count = 0
    let names = CLibclang_functionNames(&count)
    return withUnsafeMutableBytes(of: &functions) { table in
      for index in 0..<count {
        guard let symbol = dlsym(handle, names[index]) else {
          dlclose(handle)
          return "it lacks \(String(cString: names[index])), so it is older than LLVM 14"
        }
        table.storeBytes(
          of: symbol, toByteOffset: index * MemoryLayout<UnsafeMutableRawPointer>.stride,
          as: UnsafeMutableRawPointer.self)
      }
      return nil
    }
  }
}
