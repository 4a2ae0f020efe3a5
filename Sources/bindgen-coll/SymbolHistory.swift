import BindingPlan
import HeaderModel

/// How each release declares a symbol, equal neighbours taken together.
struct SymbolHistory {
  private(set) var entries: [(first: String, last: String, declaration: [String])] = []

  var isEmpty: Bool { entries.allSatisfy { $0.declaration.isEmpty } }

  init(_ symbol: String, _ headers: [Header]) {
    for header in headers {
      let declaration = Self.declaration(symbol, header)
      if let last = entries.last, last.declaration == declaration {
        entries[entries.count - 1].last = header.identifier
      } else {
        entries.append((header.identifier, header.identifier, declaration))
      }
    }
  }

  /// What a header says about the symbol, in C's words.
  private static func declaration(_ symbol: String, _ header: Header) -> [String] {
    var lines: [String] = []
    for function in header.functions where function.name == symbol {
      lines.append(CDeclaration.declaration(function))
    }
    for typedef in header.typedefs where typedef.name == symbol {
      lines.append(CDeclaration.declaration(typedef))
    }
    for record in header.records where record.name == symbol { lines += text(record) }
    for enumeration in header.enumerations {
      if enumeration.name == symbol {
        lines.append("enum \(symbol) : \(enumeration.underlying)")
        lines += enumeration.enumerators.map { "  \($0.name) = \($0.value)" }
      }
      for enumerator in enumeration.enumerators where enumerator.name == symbol {
        lines.append("\(symbol) = \(enumerator.value) in enum \(enumeration.name)")
      }
    }
    for macro in header.macros where macro.name == symbol {
      lines.append(CDeclaration.declaration(macro))
    }
    for variable in header.variables where variable.name == symbol {
      lines.append(CDeclaration.declaration(variable))
    }
    return lines
  }

  private static func text(_ record: Record) -> [String] {
    let heading = CDeclaration.heading(record)
    guard let layout = record.layout else { return ["\(heading);"] }
    return [heading]
      + layout.fields.map {
        "  \($0.bitOffset / 8): \(CDeclaration.text($0.type, $0.name ?? "(unnamed)"))"
      }
  }
}
