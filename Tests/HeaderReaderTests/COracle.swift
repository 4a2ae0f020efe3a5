import HeaderModel
import TestSupport

/// Writes C that only compiles if a model says about a header what the compiler says.
struct COracle {
  let header: Header

  /// Declarations of everything in the model again, and assertions about every size and value.
  func source(including include: String) -> String {
    var lines = ["#include <stddef.h>", "#include \"\(include)\""]
    for function in header.functions where function.hasPrototype && !function.isInline {
      let parameters = function.parameters.map(\.type)
      // A macro of the function's name must not be expanded.
      if let text = declare(
        .function(
          result: function.result, parameters: parameters, isVariadic: function.isVariadic),
        "(\(function.name))")
      {
        lines.append("\(text);")
      }
    }
    for variable in header.variables where !variable.isStatic {
      if let text = declare(variable.type, variable.name) { lines.append("extern \(text);") }
    }
    for typedef in header.typedefs {
      if let text = declare(typedef.type, typedef.name) { lines.append("typedef \(text);") }
    }
    for record in header.records { lines += assertions(about: record) }
    for enumeration in header.enumerations { lines += assertions(about: enumeration) }
    for macro in header.macros where macro.value != nil { lines += assertions(about: macro) }
    return lines.joined(separator: "\n") + "\n"
  }

  // MARK: Facts

  private func assertions(about record: Record) -> [String] {
    guard let layout = record.layout,
      let name = base(.record(record.kind, record.name))
    else { return [] }
    var lines = [
      assert("sizeof(\(name)) == \(layout.size)"),
      assert("_Alignof(\(name)) == \(layout.alignment)"),
    ]
    for field in layout.fields where field.bitWidth == nil {
      guard let member = field.name else { continue }
      lines.append(assert("offsetof(\(name), \(member)) * 8 == \(field.bitOffset)"))
      if let type = declare(field.type, ""), !isFlexible(field.type) {
        lines.append(
          assert("__builtin_types_compatible_p(__typeof__(((\(name) *)0)->\(member)), \(type))"))
      }
    }
    return lines
  }

  private func assertions(about enumeration: Enumeration) -> [String] {
    var lines = enumeration.enumerators.map { assert("\($0.name) == \(literal($0.value))") }
    if let name = base(.enumeration(enumeration.name)) {
      lines.append(
        assert("__builtin_types_compatible_p(\(name), \(enumeration.underlying))"))
    }
    return lines
  }

  private func assertions(about macro: Macro) -> [String] {
    switch macro.value {
    case .integer(let value, let type):
      guard let text = declare(type, "") else { return [] }
      let isPointer = (resolve(type).map { if case .pointer = $0 { true } else { false } }) ?? false
      let number = isPointer ? "(unsigned long)(\(macro.name))" : "(\(macro.name))"
      return [
        assert("\(number) == \(literal(value))"),
        assert("_Generic((\(macro.name)), \(text): 1, default: 0)"),
      ]
    case .floating(let value, let type):
      return [
        assert("(\(macro.name)) == (\(type))\(value)"),
        assert("_Generic((\(macro.name)), \(type): 1, default: 0)"),
      ]
    case .string(let text):
      return [assert("sizeof(\(macro.name)) == \(text.utf8.count + 1)")]
    case nil: return []
    }
  }

  private func assert(_ condition: String) -> String { "_Static_assert(\(condition), \"\");" }

  private func literal(_ value: Int128) -> String {
    if value == Int128(Int64.min) { return "(-9223372036854775807 - 1)" }
    return value > Int128(Int64.max) ? "\(value)u" : "\(value)"
  }

  private func resolve(_ type: CType) -> CType? {
    guard case .typedef(let name) = type else { return type }
    return header.typedefs.first { $0.name == name }.flatMap { resolve($0.type.unqualified) }
  }

  private func isFlexible(_ type: CType) -> Bool {
    if case .array(_, nil) = type { true } else { false }
  }

  // MARK: Declarators

  /// `T name` as C writes it; `nil` for what has no name that C could use.
  private func declare(_ type: CType, _ name: String) -> String? {
    switch type {
    case .pointer(let target):
      switch target {
      case .array, .function: return declare(target, "(*\(name))")
      default: return declare(target, "*\(name)")
      }
    case .array(let element, let count):
      return declare(element, "\(name)[\(count.map(String.init) ?? "")]")
    case .function(let result, let parameters, let isVariadic):
      var texts: [String] = []
      for parameter in parameters {
        guard let text = declare(parameter, "") else { return nil }
        texts.append(text)
      }
      if isVariadic, !texts.isEmpty { texts.append("...") }
      if !isVariadic, texts.isEmpty { texts.append("void") }
      return declare(result, "\(name)(\(texts.joined(separator: ", ")))")
    case .qualified(let inner, let qualifiers):
      var words = ""
      if qualifiers.contains(.const) { words += "const " }
      if qualifiers.contains(.volatile) { words += "volatile " }
      if qualifiers.contains(.restrict) { words += "restrict " }
      if case .pointer(let target) = inner {
        switch target {
        case .array, .function: return declare(target, "(* \(words)\(name))")
        default: return declare(target, "* \(words)\(name)")
        }
      }
      return base(inner).map { "\(words)\($0) \(name)" }
    default: return base(type).map { "\($0) \(name)" }
    }
  }

  private func base(_ type: CType) -> String? {
    switch type {
    case .record(let kind, let name):
      // The compiler's own record behind va_list has no name that C could use either.
      guard !name.contains(":"), name != "__va_list_tag" else { return nil }
      let record = header.records.first { $0.name == name && $0.kind == kind }
      return record?.hasTag == false ? name : "\(kind.rawValue) \(name)"
    case .enumeration(let name):
      guard !name.contains("@") else { return nil }
      let found = header.enumerations.first { $0.name == name }
      return found?.hasTag == false ? name : "enum \(name)"
    case .unsupported: return nil
    default: return type.description
    }
  }
}

extension COracle {
  /// Has clang compile the assertions.
  func check(
    including path: String, includeDirectories: [String] = [], defines: [String] = []
  ) throws {
    let directory = try TemporaryDirectory()
    let source = try directory.write(source(including: path), to: "oracle.c")
    try runTool(
      "clang",
      ["-fsyntax-only", "-std=gnu11", "-w", "-ferror-limit=10", source]
        + includeDirectories.map { "-I\($0)" } + defines.map { "-D\($0)" })
  }
}
