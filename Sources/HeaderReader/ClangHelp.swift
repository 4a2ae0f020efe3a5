/// What to do about an error of clang's.
struct ClangHelp {
  private var given: Set<String> = []

  /// The help for an error and the line that it is on. An answer that fits several errors is given
  /// for the first of them only.
  mutating func help(for message: String, on line: String) -> String? {
    guard let help = Self.find(message, line), given.insert(help).inserted else { return nil }
    return help
  }

  private static func find(_ message: String, _ line: String) -> String? {
    let name = quoted(message)
    if let name, message.hasSuffix("file not found") {
      if hosted.contains(name) {
        return "'\(name)' is a header of the C library; install its development files "
          + "(`apt-get install libc6-dev`)"
      }
      if isCPlusPlus(include: name) { return cPlusPlus }
      return "name the directory that holds '\(name)' with --include DIR, or one with a stub for "
        + "it with --stub DIR"
    }
    if message.contains("nested too deeply") {
      return "the header includes itself, directly or through others; an include guard is missing"
    }
    if isCPlusPlus(line: line) || message.hasPrefix("must use 'struct' tag")
      || message.hasPrefix("must use 'union' tag") || message.hasPrefix("must use 'enum' tag")
    {
      return cPlusPlus
    }
    if let name, message.hasPrefix("unknown type name") {
      return "'\(name)' comes from a header that was not included, or depends on a define "
        + "(--define NAME); a stub may declare it too (--stub DIR)"
    }
    return nil
  }

  private static let cPlusPlus =
    "this header is C++, and only C headers can be read; is there a C interface, or a define that "
    + "leaves the C++ parts out?"

  /// The text between the first pair of single quotes.
  private static func quoted(_ message: String) -> String? {
    let parts = message.split(separator: "'", maxSplits: 2, omittingEmptySubsequences: false)
    return parts.count == 3 ? String(parts[1]) : nil
  }

  /// The headers of C++'s library have no suffix.
  private static func isCPlusPlus(include name: String) -> Bool {
    !name.utf8.contains(UInt8(ascii: ".")) && !name.utf8.contains(UInt8(ascii: "/"))
  }

  private static func isCPlusPlus(line: String) -> Bool {
    let tokens = Lexer.tokens(of: line)
    for (index, token) in tokens.enumerated() {
      let next = index + 1 < tokens.count ? tokens[index + 1].text : ""
      switch token.text {
      case "namespace", "class", "template", "using", "constexpr", "typename", "nullptr",
        "static_cast", "reinterpret_cast", "noexcept", "virtual":
        if token.kind == .identifier { return true }
      case "extern": if next == "\"C\"" { return true }
      case ":":
        if next == ":" { return true }
      case "public", "private", "protected": if next == ":" { return true }
      default: break
      }
    }
    return false
  }

  private static let hosted: Set<String> = [
    "assert.h", "complex.h", "ctype.h", "errno.h", "fenv.h", "inttypes.h", "locale.h", "math.h",
    "pthread.h", "setjmp.h", "signal.h", "stdio.h", "stdlib.h", "string.h", "strings.h",
    "sys/stat.h", "sys/time.h", "sys/types.h", "time.h", "unistd.h", "wchar.h", "wctype.h",
  ]
}
