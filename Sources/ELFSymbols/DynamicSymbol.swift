/// One entry of a shared object's dynamic symbol table.
package struct DynamicSymbol: Sendable, Equatable {
  package enum Binding: Sendable, Equatable {
    case local, global, weak
    /// GNU's "one in the whole process".
    case unique
    case other(UInt8)
  }

  package enum Kind: Sendable, Equatable {
    case none, object, function, section, file, common, threadLocal
    /// A function that names its own implementation at load time.
    case indirectFunction
    case other(UInt8)
  }

  package enum Visibility: UInt8, Sendable { case normal = 0, `internal`, hidden, protected }

  package let name: String
  /// False: the object uses the symbol and expects another object to define it.
  package let isDefined: Bool
  package let binding: Binding
  package let kind: Kind
  package let visibility: Visibility
  /// The address before relocation.
  package let address: UInt64
  /// The soname of the library that an undefined symbol was linked to; nil where nothing says it,
  /// as for symbols without versions.
  package let library: String?

  /// Whether dlsym on this object can find it.
  package var isExported: Bool {
    isDefined && binding != .local && (visibility == .normal || visibility == .protected)
      && kind != .section && kind != .file
  }
}

extension DynamicSymbol.Binding {
  init(_ value: UInt8) {
    switch value {
    case 0: self = .local
    case 1: self = .global
    case 2: self = .weak
    case 10: self = .unique
    default: self = .other(value)
    }
  }
}

extension DynamicSymbol.Kind {
  init(_ value: UInt8) {
    switch value {
    case 0: self = .none
    case 1: self = .object
    case 2: self = .function
    case 3: self = .section
    case 4: self = .file
    case 5: self = .common
    case 6: self = .threadLocal
    case 10: self = .indirectFunction
    default: self = .other(value)
    }
  }
}
