/// A C type as a header spells it: typedefs stay names.
///
/// Its text form puts every operator after what it applies to, so that it reads from left to right
/// and needs no parentheses: `void const *` is a pointer to constant void, `char [128]` an array,
/// `int (void *, long) *` a pointer to a function that returns int.
package indirect enum CType: Hashable, Sendable {
  case void
  case scalar(Scalar)
  case record(Record.Kind, String)
  case enumeration(String)
  case typedef(String)
  case pointer(CType)
  /// `nil` count: an array of unknown length.
  case array(CType, Int?)
  case function(result: CType, parameters: [CType], isVariadic: Bool)
  case qualified(CType, Qualifiers)
  /// A type that this compiler does not bind, in clang's words, such as a vector.
  case unsupported(String)

  package enum Scalar: String, Hashable, Sendable, CaseIterable {
    case bool = "_Bool"
    case char
    case signedChar = "signed char"
    case unsignedChar = "unsigned char"
    case short
    case unsignedShort = "unsigned short"
    case int
    case unsignedInt = "unsigned int"
    case long
    case unsignedLong = "unsigned long"
    case longLong = "long long"
    case unsignedLongLong = "unsigned long long"
    case float
    case double
  }

  package struct Qualifiers: OptionSet, Hashable, Sendable {
    package var rawValue: UInt8
    package init(rawValue: UInt8) { self.rawValue = rawValue }
    package static let const = Qualifiers(rawValue: 1)
    package static let volatile = Qualifiers(rawValue: 2)
    package static let restrict = Qualifiers(rawValue: 4)
  }
}

extension CType {
  /// The type without its outermost qualifiers.
  package var unqualified: CType {
    if case .qualified(let type, _) = self { type.unqualified } else { self }
  }

  package var isConst: Bool {
    if case .qualified(_, let qualifiers) = self { qualifiers.contains(.const) } else { false }
  }
}

extension CType.Scalar {
  /// In bytes, on the LP64 targets that models are made for.
  package var size: Int {
    switch self {
    case .bool, .char, .signedChar, .unsignedChar: 1
    case .short, .unsignedShort: 2
    case .int, .unsignedInt, .float: 4
    case .long, .unsignedLong, .longLong, .unsignedLongLong, .double: 8
    }
  }

  package var isFloating: Bool { self == .float || self == .double }

  /// Plain `char` counts as signed, as on x86-64.
  package var isSigned: Bool {
    switch self {
    case .bool, .unsignedChar, .unsignedShort, .unsignedInt, .unsignedLong, .unsignedLongLong:
      false
    default: true
    }
  }
}
