import HeaderModel
import Testing

@testable import HeaderReader

/// The evaluator by itself: expressions in, values out. MacroOracleTests holds it against clang.
@Suite struct EvaluatorTests {
  private static let macros: [String: String] = [
    "ONE": "1", "SUM": "ONE + 2", "SELF": "SELF", "PING": "PONG", "PONG": "PING", "EMPTY": "",
    "TYPE": "unsigned long", "NEGATIVE": "-1", "NULL": "((void *)0)", "LOOP": "LOOP + 1",
  ]

  private static let functionLike: [String: ([String], String)] = [
    "VERSION": (["X", "Y"], "((X) * 100 + (Y))"), "PASTE": (["a", "b"], "a##b"),
    "TEXT": (["x"], "#x"), "INDIRECT": (["x"], "TEXT(x)"), "FIRST": (["a", "..."], "a"),
    "REST": (["a", "..."], "__VA_ARGS__"), "NOTHING": ([], "7"), "CALL": (["f"], "f(3, 4)"),
    "GNU": (["args..."], "(0, args)"), "SQUARE": (["x"], "x * x"),
  ]

  private static var environment: MacroEvaluator.Environment {
    MacroEvaluator.Environment(
      macro: { name in
        if let body = macros[name] {
          return MacroDefinition(name: name, tokens: Lexer.tokens(of: body))
        }
        return functionLike[name].map {
          MacroDefinition(name: name, parameters: $0.0, tokens: Lexer.tokens(of: $0.1))
        }
      },
      enumerator: { name in
        switch name {
        case "RED": .int(3)
        case "HUGE": Constant(.integer(0xFFFF_FFFF), .scalar(.unsignedInt))
        default: nil
        }
      },
      typedef: { name in
        switch name {
        case "size_t", "u64": .scalar(.unsignedLong)
        case "i8": .scalar(.signedChar)
        case "stream": .pointer(.record(.structure, "stream_st"))
        case "record_t": .record(.structure, "record")
        case "callback": .pointer(.function(result: .void, parameters: [], isVariadic: false))
        default: nil
        }
      },
      size: { type in
        switch type {
        case .scalar(let scalar): scalar.size
        case .pointer: 8
        case .record(.structure, "record"), .typedef("record_t"): 24
        case .typedef("size_t"): 8
        case .array(.scalar(let scalar), let count?): scalar.size * count
        default: nil
        }
      })
  }

  private func value(_ body: String) -> MacroValue? {
    var isTooLarge = false
    return MacroEvaluator.value(
      of: MacroDefinition(name: "SUBJECT", tokens: Lexer.tokens(of: body)), in: Self.environment,
      isTooLarge: &isTooLarge)
  }

  private func describe(_ value: MacroValue?) -> String {
    switch value {
    case .integer(let number, let type): "\(number) \(type)"
    case .floating(let number, let type): "\(number) \(type)"
    case .string(let text): "\"\(text)\""
    case nil: "nil"
    }
  }

  @Test(arguments: [
    ("0", "0 int"), ("42", "42 int"), ("2147483647", "2147483647 int"),
    ("2147483648", "2147483648 long"), ("0x7fffffff", "2147483647 int"),
    ("0x80000000", "2147483648 unsigned int"), ("0xFFFFFFFFF", "68719476735 long"),
    ("0xFFFFFFFFFFFFFFFF", "18446744073709551615 unsigned long"), ("017", "15 int"),
    ("00", "0 int"),
    ("0b101", "5 int"), ("0B11", "3 int"), ("1u", "1 unsigned int"), ("1U", "1 unsigned int"),
    ("1l", "1 long"), ("1L", "1 long"), ("1ul", "1 unsigned long"), ("1LU", "1 unsigned long"),
    ("1ll", "1 long long"), ("1ULL", "1 unsigned long long"), ("1llu", "1 unsigned long long"),
    ("4294967296u", "4294967296 unsigned long"), ("0xcafebeef", "3405692655 unsigned int"),
    ("9223372036854775808", "9223372036854775808 unsigned long long"),
    ("18446744073709551616", "nil"), ("08", "nil"), ("0x", "nil"), ("1x", "nil"), ("1lul", "nil"),
    ("0b2", "nil"), ("1z", "nil"), ("1.2.3", "nil"), ("0xg", "nil"), ("12uu", "nil"),
  ])
  func readsIntegers(body: String, expected: String) {
    #expect(describe(value(body)) == expected)
  }

  @Test(arguments: [
    ("1.0", "1.0 double"), ("1.", "1.0 double"), (".5", "0.5 double"), ("1e3", "1000.0 double"),
    ("1E-2", "0.01 double"), ("1.5f", "1.5 float"), ("0.1f", "0.10000000149011612 float"),
    ("1e3F", "1000.0 float"), ("0x1p-3", "0.125 double"), ("0x1.8p1f", "3.0 float"),
    ("1.0L", "nil"), ("1.0f16", "nil"), ("1e", "nil"), ("1e999", "nil"), ("1e99f", "nil"),
    ("-1.0f", "-1.0 float"), ("1.0 + 2", "3.0 double"), ("1.0f * 2", "2.0 float"),
    ("1.0f + 1.0", "2.0 double"), ("1 / 2.0", "0.5 double"), ("1.0 / 0", "nil"),
    ("1.5 < 2", "1 int"), ("1.0 % 2", "nil"), ("~1.0", "nil"), ("(int)1.9", "1 int"),
    ("(int)-1.9", "-1 int"), ("(unsigned char)300.0", "nil"), ("(int)1e10", "nil"),
    ("(float)0.1", "0.10000000149011612 float"), ("(double)1", "1.0 double"), ("!0.5", "0 int"),
    ("0.0f ? 1 : 2", "2 int"), ("1 ? 1 : 2.0", "1.0 double"), ("1e308 * 10", "nil"),
  ])
  func readsFloating(body: String, expected: String) {
    #expect(describe(value(body)) == expected)
  }

  @Test(arguments: [
    ("'a'", "97 int"), ("'\\n'", "10 int"), ("'\\0'", "0 int"), ("'\\x41'", "65 int"),
    ("'\\101'", "65 int"), ("'\\''", "39 int"), ("'\\xff'", "-1 int"), ("'ab'", "24930 int"),
    ("'\"'", "34 int"), ("L'a'", "nil"), ("''", "nil"), ("'\\q'", "nil"), ("'abcde'", "nil"),
    ("\"text\"", "\"text\""), ("\"\"", "\"\""), ("\"a\" \"b\" \"c\"", "\"abc\""),
    ("\"\\x41\" \"1\"", "\"A1\""), ("\"\\1012\"", "\"A2\""), ("u8\"é\"", "\"é\""),
    ("\"\\u00e9\"", "\"é\""), ("\"\\xff\"", "nil"), ("L\"wide\"", "nil"), ("u\"x\"", "nil"),
    ("(\"text\")", "\"text\""), ("\"a\" 1", "nil"), ("\"a\" + 1", "nil"),
    (
      "sizeof(\"abc\")",
      "4 unsigned long"
    ), ("\"a\\", "nil"), ("1 ? \"a\" : \"b\"", "\"a\""), ("!\"a\"", "nil"),
  ])
  func readsCharactersAndStrings(body: String, expected: String) {
    #expect(describe(value(body)) == expected)
  }

  @Test(arguments: [
    ("1 + 2 * 3", "7 int"), ("(1 + 2) * 3", "9 int"), ("10 - 2 - 3", "5 int"),
    ("7 / 2", "3 int"), ("-7 / 2", "-3 int"), ("-7 % 3", "-1 int"), ("1 << 4 | 1", "17 int"),
    ("6 & 3 ^ 1", "3 int"), ("1 | 2 == 2", "1 int"), ("1 < 2 == 1", "1 int"), ("~0", "-1 int"),
    ("~0u", "4294967295 unsigned int"), ("-1u", "4294967295 unsigned int"), ("- -1", "1 int"),
    ("!0", "1 int"), ("!5", "0 int"), ("+5", "5 int"), ("1 && 0", "0 int"), ("1 || 0", "1 int"),
    ("0 && 1 / 0", "0 int"), ("1 || 1 / 0", "1 int"), ("1 ? 2 : 1 / 0", "2 int"),
    ("0 ? 1 / 0 : 3", "3 int"), ("1 ? 2 : 3 ? 4 : 5", "2 int"), ("0 ? 2 : 0 ? 4 : 5", "5 int"),
    ("1 / 0", "nil"), ("1 % 0", "nil"), ("2147483647 + 1", "nil"),
    (
      "-2147483647 - 1",
      "-2147483648 int"
    ), ("(-2147483647 - 1) / -1", "nil"), ("-(-2147483647 - 1)", "nil"),
    ("2147483647u + 2147483649u", "0 unsigned int"), ("65536 * 65536", "nil"),
    ("65536u * 65536u", "0 unsigned int"), ("4294967295u * 4294967295u", "1 unsigned int"),
    ("0xFFFFFFFFFFFFFFFF * 0xFFFFFFFFFFFFFFFF", "1 unsigned long"),
    ("1 << 31", "-2147483648 int"), ("1 << 32", "nil"), ("1 << -1", "nil"),
    ("1ull << 63", "9223372036854775808 unsigned long long"), ("-8 >> 1", "-4 int"),
    ("0x80000000 >> 31", "1 unsigned int"), ("1L << 40", "1099511627776 long"),
    ("1 + 1u", "2 unsigned int"), ("1 + 1L", "2 long"), ("1u + 1L", "2 long"),
    ("1ul + 1ll", "2 unsigned long long"), ("-1 < 0u", "0 int"), ("-1 < 0l", "1 int"),
    ("1 ? -1 : 0u", "4294967295 unsigned int"), ("'a' + 1", "98 int"),
    ("RED", "3 int"), ("RED + 1", "4 int"), ("HUGE", "4294967295 unsigned int"), ("BLUE", "nil"),
    ("(RED)", "3 int"), ("((((1))))", "1 int"), ("", "nil"), ("()", "nil"), ("(1", "nil"),
    ("1)", "nil"), ("1 +", "nil"), ("* 1", "nil"), ("1 2", "nil"), ("a = 1", "nil"),
    ("1, 2", "nil"), ("&x", "nil"), ("f(1)", "nil"), ("x[1]", "nil"), ("{ 1, 2 }", "nil"),
    ("1 ? 2", "nil"), ("++1", "nil"), ("1 <<= 2", "nil"), ("#", "nil"), ("@", "nil"),
  ])
  func appliesOperators(body: String, expected: String) {
    #expect(describe(value(body)) == expected)
  }

  @Test(arguments: [
    ("(char)200", "-56 char"), ("(unsigned char)-1", "255 unsigned char"), ("(_Bool)7", "1 _Bool"),
    ("(size_t)-1", "18446744073709551615 size_t"), ("(size_t)1 + 1", "2 unsigned long"),
    ("(i8)255", "-1 i8"), ("(i8)1 + (i8)1", "2 int"), ("((stream)0x2)", "2 stream"),
    ("(void *)0", "0 void *"), ("((void*)-1)", "18446744073709551615 void *"),
    ("(const char *)0", "0 char const *"), ("(struct s *)1", "1 struct s *"),
    ("(unsigned long long int)1", "1 unsigned long long"), ("(long unsigned)1", "1 unsigned long"),
    ("(void (*)(int, ...))0", "0 void (int, ...) *"),
    ("(int (*(*)(void))[2])0", "0 int [2] * () *"),
    ("(callback)-1", "18446744073709551615 callback"), ("(void *)(size_t)8", "8 void *"),
    ("(int)(void *)5", "5 int"), ("(void *)0 ? 1 : 2", "2 int"), ("!(stream)1", "0 int"),
    ("1 ? (void *)0 : (void *)8", "0 void *"), ("(void *)0 + 1", "nil"), ("-(void *)1", "nil"),
    ("(int)\"a\"", "nil"), ("(record_t)1", "nil"), ("(unknown_t)1", "nil"), ("(RED)1", "nil"),
    ("(int){1}", "nil"), ("(unsigned float)1", "nil"), ("(long long long)1", "nil"),
    ("(const volatile int)1", "1 int"), ("(int const)1", "1 int"), ("(char * const)0", "0 char *"),
    ("sizeof(int)", "4 unsigned long"), ("sizeof(void *)", "8 unsigned long"),
    ("sizeof(record_t)", "24 unsigned long"), ("sizeof(struct record)", "24 unsigned long"),
    ("sizeof(int[3])", "12 unsigned long"), ("sizeof(unsigned long long)", "8 unsigned long"),
    ("sizeof 1L", "8 unsigned long"), ("sizeof(1 + 1)", "4 unsigned long"),
    (
      "sizeof('a')",
      "4 unsigned long"
    ), ("sizeof(1 / 0)", "4 unsigned long"), ("sizeof(struct unknown)", "nil"),
    ("sizeof(void)", "nil"), ("sizeof", "nil"), ("sizeof()", "nil"), ("sizeof(int", "nil"),
    ("8 * sizeof(size_t) - 1", "63 unsigned long"), ("32 - 8 * sizeof(int)", "0 unsigned long"),
  ])
  func castsAndMeasures(body: String, expected: String) {
    #expect(describe(value(body)) == expected)
  }

  @Test(arguments: [
    ("ONE", "1 int"), ("SUM", "3 int"), ("SUM * 2", "5 int"), ("NEGATIVE - NEGATIVE", "0 int"),
    ("SELF", "nil"), ("PING", "nil"), ("LOOP", "nil"), ("EMPTY", "nil"), ("EMPTY 1 EMPTY", "1 int"),
    ("(TYPE)1", "1 unsigned long"), ("NULL", "0 void *"), ("VERSION(2, 28)", "228 int"),
    ("VERSION(ONE, SUM)", "103 int"), ("VERSION((1), VERSION(0, 2))", "102 int"),
    ("VERSION(2)", "nil"), ("VERSION(1, 2, 3)", "nil"), ("VERSION", "nil"), ("VERSION(1, 2", "nil"),
    ("PASTE(1, 2)", "12 int"), ("PASTE(ON, E)", "1 int"), ("PASTE(, 5)", "5 int"),
    ("PASTE(5, )", "5 int"), ("PASTE(1, +)", "nil"), ("TEXT(a b)", "\"a b\""),
    ("TEXT(ONE)", "\"ONE\""), ("INDIRECT(ONE)", "\"1\""), ("TEXT(\"q\\n\")", "\"\"q\\n\"\""),
    ("INDIRECT(ONE) \".\" INDIRECT(2)", "\"1.2\""), ("FIRST(1, 2, 3)", "1 int"),
    ("FIRST(1)", "1 int"), ("REST(1, 2)", "2 int"), ("REST(1, 2, 3)", "nil"),
    ("NOTHING()", "7 int"), ("NOTHING(1)", "nil"), ("NOTHING", "nil"), ("CALL(VERSION)", "304 int"),
    ("SQUARE(1 + 2)", "5 int"), ("SUBJECT", "nil"), ("FIRST((1, 2), 3)", "nil"),
  ])
  func expandsMacros(body: String, expected: String) {
    #expect(describe(value(body)) == expected)
  }

  /// No header may make the evaluator overflow the stack, run for long, or fill the memory.
  @Test(arguments: [
    String(repeating: "(", count: 100_000) + "1" + String(repeating: ")", count: 100_000),
    String(repeating: "-", count: 100_000) + "1", String(repeating: "! ", count: 100_000) + "1",
    String(repeating: "1 ? ", count: 100_000) + "1",
    String(repeating: "(int)", count: 100_000) + "1",
    String(repeating: "sizeof ", count: 100_000) + "1",
    "(int " + String(repeating: "(*", count: 100_000) + String(repeating: ")", count: 100_000)
      + ")0",
    "(int" + String(repeating: "*", count: 100_000) + ")0",
    "sizeof(int" + String(repeating: "[9999999]", count: 5_000) + ")",
    String(repeating: "SQUARE(", count: 60) + "2" + String(repeating: ")", count: 60),
  ])
  func survivesHostileExpressions(body: String) {
    #expect(value(body) == nil)
  }

  @Test func survivesExponentialExpansion() {
    func definition(_ name: String) -> MacroDefinition? {
      guard name.hasPrefix("L"), let level = Int(name.dropFirst()) else { return nil }
      let body = level == 0 ? "1" : "L\(level - 1) + L\(level - 1)"
      return MacroDefinition(name: name, tokens: Lexer.tokens(of: body))
    }
    #expect(MacroExpander.expand([Token(.identifier, "L4")], definition)?.count == 31)
    var isTooLarge = false
    let sixty = [Token(.identifier, "L60")]
    #expect(MacroExpander.expand(sixty, isTooLarge: &isTooLarge, definition) == nil)
    #expect(isTooLarge)
  }
}
