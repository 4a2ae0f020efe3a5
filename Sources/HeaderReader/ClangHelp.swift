internal import HeaderModel

/// What to do about an error of clang's.
enum ClangHelp {
  /// Adds a line of help to those errors that have a usual way out. An answer that fits several
  /// errors stands at the first of them only.
  static func add(to errors: [Diagnostic]) -> [Diagnostic] {
    var given: Set<String> = []
    return errors.map { error in
      guard let help = help(for: error.message), given.insert(help).inserted else { return error }
      var error = error
      error.help = help
      return error
    }
  }

  static func help(for message: String) -> String? {
    if let name = quoted(message), message.hasSuffix("file not found") {
      if hosted.contains(name) {
        return "'\(name)' is a header of the C library; install its development files "
          + "(`apt-get install libc6-dev`)"
      }
      if isCPlusPlus(include: name) { return cPlusPlus }
      return "name the directory that holds '\(name)' with --include DIR, or one with a stub for "
        + "it with --stub DIR"
    }
    if let name = quoted(message), message.hasPrefix("unknown type name") {
      if ["namespace", "class", "template", "using", "constexpr", "typename"].contains(name) {
        return cPlusPlus
      }
      return "'\(name)' comes from a header that was not included, or depends on a define "
        + "(--define NAME); a stub may declare it too (--stub DIR)"
    }
    if message.hasPrefix("must use 'struct' tag") || message.hasPrefix("must use 'union' tag")
      || message.hasPrefix("must use 'enum' tag")
    {
      return "the tag is left out, which only C++ allows; " + cPlusPlus
    }
    if message.contains("nested too deeply") {
      return "the header includes itself, directly or through others; an include guard is missing"
    }
    return nil
  }

  private static let cPlusPlus =
    "this header is C++, and only C headers can be read; is there a C interface, or a part between "
    + "`extern \"C\"` braces that can be read on its own?"

  /// The text between the first pair of single quotes.
  private static func quoted(_ message: String) -> String? {
    let parts = message.split(
      separator: "'", maxSplits: 2, omittingEmptySubsequences: false)
    return parts.count == 3 ? String(parts[1]) : nil
  }

  /// The headers of C++'s library have no suffix.
  private static func isCPlusPlus(include name: String) -> Bool {
    !name.utf8.contains(UInt8(ascii: ".")) && !name.utf8.contains(UInt8(ascii: "/"))
  }

  private static let hosted: Set<String> = [
    "assert.h", "complex.h", "ctype.h", "errno.h", "fenv.h", "inttypes.h", "locale.h", "math.h",
    "pthread.h", "setjmp.h", "signal.h", "stdio.h", "stdlib.h", "string.h", "strings.h",
    "sys/stat.h", "sys/time.h", "sys/types.h", "time.h", "unistd.h", "wchar.h", "wctype.h",
  ]
}
