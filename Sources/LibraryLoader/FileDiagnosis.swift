internal import ELFSymbols
internal import Glibc

/// Says what the dynamic loader's own words leave out.
///
/// The loader reports a library for another machine as "No such file or directory", and a missing
/// dependency under the dependency's name alone.
enum FileDiagnosis {
  /// Why `path` must not even be given to dlopen, which takes an empty name for the program itself
  /// and reads a name up to its first NUL.
  static func refusal(of path: String, names: [String]) -> String? {
    if path.isEmpty { return "the path is empty" }
    if path.utf8.contains(0) { return "the path contains a NUL character" }
    guard path.utf8.contains(0x2F), kind(of: path) == S_IFDIR else { return nil }
    let separator = path.hasSuffix("/") ? "" : "/"
    let inside = names.map { path + separator + $0 }.first { kind(of: $0) == S_IFREG }
    let advice = inside.map { "name the file: \"\($0)\"" } ?? "name the library file in it"
    return "this is a directory; \(advice)"
  }

  /// What to add to the loader's words, if anything.
  static func hint(for path: String, loaderMessage: String) -> String? {
    guard path.utf8.contains(0x2F) else {
      guard kind(of: path) == S_IFREG else { return nil }
      return "a name without \"/\" is not looked up in the current directory; "
        + "for the file there write \"./\(path)\""
    }
    guard kind(of: path) != nil else { return hintForMissing(path) }
    return hintFromHeader(path) ?? hintForDependency(path, loaderMessage)
  }

  private static func hintForMissing(_ path: String) -> String? {
    if path.hasPrefix("~") { return "\"~\" is not expanded here; write the home directory out" }
    var status = stat()
    guard lstat(path, &status) == 0, status.st_mode & S_IFMT == S_IFLNK else { return nil }
    return "this is a symbolic link whose target is missing"
  }

  private static func hintFromHeader(_ path: String) -> String? {
    do throws(ELFError) {
      let identity = try ELFIdentity(contentsOf: path)
      if let host = ELFIdentity.Machine.host {
        if identity.machine != host {
          return "the file is there, but built for \(identity.machine); this process is \(host)"
        }
        if identity.wordSize != .bits64 {
          return "the file is there, but built for a 32-bit process"
        }
      }
      return identity.type == 3 ? nil : "the file is an ELF file, but not a shared object"
    } catch {
      return error.reason == .notELF ? "the file \(error.what)" : nil
    }
  }

  private static func hintForDependency(_ path: String, _ message: String) -> String? {
    guard let needed = try? SharedObject(contentsOf: path).needed else { return nil }
    guard let name = needed.first(where: { message.hasPrefix("\($0):") }) else { return nil }
    return "the file is there; \(name), which it depends on, is what was not found"
  }

  private static func kind(of path: String) -> mode_t? {
    var status = stat()
    return stat(path, &status) == 0 ? status.st_mode & S_IFMT : nil
  }
}
