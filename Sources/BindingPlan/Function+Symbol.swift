package import HeaderModel

extension Function {
  /// The name in the library's symbol table: that of an `asm` label where the header gives one.
  package var symbol: String {
    for attribute in attributes where attribute.hasPrefix("asm(\"") && attribute.hasSuffix("\")") {
      return String(attribute.dropFirst(5).dropLast(2))
    }
    return name
  }

  /// The header itself says that the library keeps the function to itself.
  package var isHidden: Bool {
    attributes.contains("visibility(\"hidden\")") || attributes.contains("visibility(\"internal\")")
  }

  /// Whether the library is to export it: it is not defined in the header, nor hidden.
  package var isExported: Bool { !isInline && !isStatic && !isHidden }
}
