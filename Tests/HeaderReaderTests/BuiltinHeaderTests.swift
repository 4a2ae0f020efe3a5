import HeaderModel
import TestSupport
import Testing

@testable import HeaderReader

@Suite struct BuiltinHeaderTests {
  private static let hosted = [
    "assert.h", "ctype.h", "dlfcn.h", "errno.h", "fcntl.h", "inttypes.h", "limits.h", "locale.h",
    "math.h", "netdb.h", "netinet/in.h", "poll.h", "pthread.h", "pwd.h", "sched.h", "semaphore.h",
    "setjmp.h", "signal.h", "stdio.h", "stdlib.h", "string.h", "sys/mman.h", "sys/param.h",
    "sys/socket.h", "sys/stat.h", "sys/time.h", "sys/types.h", "sys/uio.h", "sys/un.h",
    "sys/wait.h", "time.h", "unistd.h", "wchar.h", "wctype.h",
  ]

  private static let own = [
    "float.h", "iso646.h", "limits.h", "stdalign.h", "stdarg.h", "stdbool.h", "stddef.h",
    "stdint.h", "stdnoreturn.h",
  ]

  /// The C library's headers ask for single definitions and expect others to be there.
  @Test(arguments: hosted)
  func workWithTheCLibrary(name: String) throws {
    for text in ["#include <\(name)>", own(before: name), own(after: name)] {
      let result = try ToyHeader(text + "\nint f(void);").read()
      #expect(result.diagnostics.isEmpty, "\(name): \(result.diagnostics)")
    }
  }

  private func own(before name: String) -> String {
    (Self.own + [name]).map { "#include <\($0)>" }.joined(separator: "\n")
  }

  private func own(after name: String) -> String {
    ([name] + Self.own).map { "#include <\($0)>" }.joined(separator: "\n")
  }

  @Test func workAllTogether() throws {
    let all = Self.own + Self.hosted.reversed() + Self.own + Self.hosted
    let text = all.map { "#include <\($0)>" }.joined(separator: "\n")
    #expect(try read(text + "\nint f(size_t);").functions.count == 1)
  }

  @Test func defineOnlyWhatIsAskedFor() throws {
    let refusal = try ToyHeader(
      "#define __need_size_t\n#include <stddef.h>\nsize_t a(void);\nptrdiff_t b(void);"
    ).refusal()
    #expect(refusal.contains("unknown type name 'ptrdiff_t'"))
    #expect(!refusal.contains("'size_t'"))
  }

  /// The system's compiler is the judge of every type and every macro.
  @Test func agreeWithTheSystemsCompiler() throws {
    let types =
      [
        "size_t", "ptrdiff_t", "wchar_t", "max_align_t", "bool", "intptr_t", "uintptr_t",
        "intmax_t",
        "uintmax_t",
      ]
      + ["", "_least", "_fast"].flatMap { kind in
        [8, 16, 32, 64].flatMap { ["int\(kind)\($0)_t", "uint\(kind)\($0)_t"] }
      }
    let constants =
      [
        "CHAR_BIT", "SCHAR_MIN", "SCHAR_MAX", "UCHAR_MAX", "CHAR_MIN", "CHAR_MAX", "SHRT_MIN",
        "SHRT_MAX", "USHRT_MAX", "INT_MIN", "INT_MAX", "UINT_MAX", "LONG_MIN", "LONG_MAX",
        "ULONG_MAX", "LLONG_MIN", "LLONG_MAX", "ULLONG_MAX", "MB_LEN_MAX", "PATH_MAX", "NAME_MAX",
        "SSIZE_MAX", "HOST_NAME_MAX", "IOV_MAX", "PIPE_BUF", "LOGIN_NAME_MAX", "TTY_NAME_MAX",
        "NGROUPS_MAX", "LINE_MAX", "SIZE_MAX", "PTRDIFF_MIN", "PTRDIFF_MAX", "INTPTR_MIN",
        "INTPTR_MAX", "UINTPTR_MAX", "INTMAX_MIN", "INTMAX_MAX", "UINTMAX_MAX", "SIG_ATOMIC_MIN",
        "SIG_ATOMIC_MAX", "WCHAR_MIN", "WCHAR_MAX", "WINT_MIN", "WINT_MAX", "INT8_C(1)",
        "UINT16_C(1)", "INT32_C(1)", "UINT32_C(1)", "INT64_C(1)", "UINT64_C(1)", "INTMAX_C(1)",
        "UINTMAX_C(1)", "FLT_RADIX", "DBL_DIG", "FLT_MANT_DIG", "DBL_MAX_EXP", "FLT_MIN_10_EXP",
        "DBL_DECIMAL_DIG", "DECIMAL_DIG",
      ]
      + ["", "_LEAST", "_FAST"].flatMap { kind in
        [8, 16, 32, 64].flatMap {
          ["INT\(kind)\($0)_MIN", "INT\(kind)\($0)_MAX", "UINT\(kind)\($0)_MAX"]
        }
      }
    var toy = Self.own.map { "#include <\($0)>\n" }.joined()
    for (index, type) in types.enumerated() {
      toy += "struct t\(index) { char c; \(type) value; };\n#define S\(index) sizeof(\(type))\n"
    }
    for (index, constant) in constants.enumerated() { toy += "#define C\(index) \(constant)\n" }
    let header = try read(toy)

    var check = "#define _GNU_SOURCE\n#include <unistd.h>\n#include <sys/uio.h>\n"
    check += Self.own.map { "#include <\($0)>\n" }.joined()
    for (index, type) in types.enumerated() {
      let layout = try #require(header.record("t\(index)").layout)
      check +=
        "_Static_assert(sizeof(\(type)) == \(layout.size - layout.alignment), \"\(type)\");\n"
      check += "_Static_assert(_Alignof(\(type)) == \(layout.alignment), \"\(type)\");\n"
    }
    for (index, constant) in constants.enumerated() {
      guard case .integer(let value, let type) = try header.macro("C\(index)").value else {
        Issue.record("\(constant) has no value")
        continue
      }
      // INT64_MIN has no literal of its own.
      let text = value == Int128(Int64.min) ? "(-9223372036854775807-1)" : "\(value)"
      check += "_Static_assert((\(constant)) == \(text)\(value > Int128(Int64.max) ? "u" : ""), "
      check += "\"\(constant)\");\n"
      check += "_Static_assert(_Generic((\(constant)), \(type): 1, default: 0), "
      check += "\"type of \(constant)\");\n"
    }
    let directory = try TemporaryDirectory()
    try runTool("gcc", ["-fsyntax-only", try directory.write(check, to: "check.c")])
  }
}
