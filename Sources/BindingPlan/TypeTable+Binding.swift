import HeaderModel

extension TypeTable {
  /// The first part of a type that cannot be bound, in words; `nil` if all of it can.
  func obstacle(_ type: CType) -> String? {
    if isArgumentList(type) { return "a va_list cannot be made in Swift" }
    switch resolve(type) {
    case .void, .scalar: return nil
    // A pointer's bits pass through whatever it points to.
    case .pointer, .array, .function: return nil
    case .enumeration(let name):
      return enumeration(type) == nil ? "enum \(name) is not defined" : nil
    case .record(_, let name):
      guard let layout = record(type)?.layout else {
        return "\(name) is passed by value but not defined"
      }
      if layout.isOverAligned {
        return
          "\(name) is passed by value and aligned to \(layout.alignment) bytes, over Swift's limit"
      }
      for field in layout.fields {
        if field.bitWidth != nil { return "\(name) has bit-fields and is passed by value" }
        if case .array(let element, let count) = resolve(field.type) {
          if count == nil { return "\(name) has a flexible array member and is passed by value" }
          if let obstacle = obstacle(element) { return obstacle }
        } else if let obstacle = obstacle(field.type) {
          return obstacle
        }
      }
      return nil
    case .typedef(let name): return "\(name) is not defined"
    case .unsupported(let spelling): return "the type \(spelling) has no counterpart"
    case .qualified(let type, _): return obstacle(type)
    }
  }
}

extension TypeTable {
  /// What the C library calls the arguments behind `...`; how it is made differs between machines.
  private func isArgumentList(_ type: CType) -> Bool {
    var type = type.unqualified
    for _ in 0..<64 {
      guard case .typedef(let name) = type, let typedef = typedef(named: name) else { return false }
      if name.hasSuffix("va_list") && typedef.isExternal { return true }
      type = typedef.type.unqualified
    }
    return false
  }
}

extension Record.Layout {
  /// Swift does not import records that want more.
  var isOverAligned: Bool { alignment > 16 }
}

extension TypeTable {
  /// A pointer to something of known size that is not constant.
  func isWritable(_ type: CType) -> Bool {
    switch resolve(type) {
    case .pointer(let target), .array(let target, _):
      guard !isConst(target) else { return false }
      switch resolve(target) {
      case .scalar, .pointer, .enumeration: return true
      case .record: return record(target)?.layout != nil
      default: return false
      }
    default: return false
    }
  }
}
