extension CType: CustomStringConvertible {
  package var description: String {
    var text = ""
    write(to: &text)
    return text
  }

  private func write(to text: inout String) {
    switch self {
    case .void: text += "void"
    case .scalar(let scalar): text += scalar.rawValue
    case .record(let kind, let name):
      text += kind.rawValue
      text += " "
      text += name
    case .enumeration(let name):
      text += "enum "
      text += name
    case .typedef(let name): text += name
    case .pointer(let target):
      target.write(to: &text)
      text += " *"
    case .array(let element, let count):
      element.write(to: &text)
      text += count.map { " [\($0)]" } ?? " []"
    case .function(let result, let parameters, let isVariadic):
      result.write(to: &text)
      text += " ("
      for (index, parameter) in parameters.enumerated() {
        if index > 0 { text += ", " }
        parameter.write(to: &text)
      }
      if isVariadic { text += parameters.isEmpty ? "..." : ", ..." }
      text += ")"
    case .qualified(let type, let qualifiers):
      type.write(to: &text)
      if qualifiers.contains(.const) { text += " const" }
      if qualifiers.contains(.volatile) { text += " volatile" }
      if qualifiers.contains(.restrict) { text += " restrict" }
    case .unsupported(let spelling):
      text += "{"
      text += spelling
      text += "}"
    }
  }
}

extension CType {
  /// Reads the text form; `nil` where it is not one.
  package init?(_ text: String) {
    var parser = CTypeParser(text)
    guard let type = parser.type(), parser.isAtEnd else { return nil }
    self = type
  }
}

/// Reads the left-to-right text form of a type.
private struct CTypeParser {
  private let bytes: [UInt8]
  private var position = 0
  /// Types nest, and so do the functions here: a hostile text must not overflow the stack.
  private var operatorsLeft = 1000

  init(_ text: String) { bytes = Array(text.utf8) }

  var isAtEnd: Bool { position == bytes.count }

  mutating func type() -> CType? {
    guard var type = base() else { return nil }
    while position < bytes.count, bytes[position] == UInt8(ascii: " ") {
      position += 1
      operatorsLeft -= 1
      guard position < bytes.count, operatorsLeft > 0 else { return nil }
      switch bytes[position] {
      case UInt8(ascii: "*"):
        position += 1
        type = .pointer(type)
      case UInt8(ascii: "["):
        position += 1
        let digits = take { $0 >= UInt8(ascii: "0") && $0 <= UInt8(ascii: "9") }
        guard skip("]"), digits.isEmpty || Int(digits) != nil else { return nil }
        type = .array(type, Int(digits))
      case UInt8(ascii: "("):
        position += 1
        guard let function = function(returning: type) else { return nil }
        type = function
      default:
        var qualifiers: CType.Qualifiers = []
        if skip("const") { qualifiers.insert(.const) }
        if skip(qualifiers.isEmpty ? "volatile" : " volatile") { qualifiers.insert(.volatile) }
        if skip(qualifiers.isEmpty ? "restrict" : " restrict") { qualifiers.insert(.restrict) }
        // There is one way to write each type, so a second group of qualifiers is none.
        if case .qualified = type { return nil }
        guard !qualifiers.isEmpty else { return nil }
        type = .qualified(type, qualifiers)
      }
    }
    return type
  }

  private mutating func function(returning result: CType) -> CType? {
    var parameters: [CType] = []
    var isVariadic = false
    while !skip(")") {
      if !parameters.isEmpty { guard skip(", ") else { return nil } }
      if skip("...") {
        isVariadic = true
        guard skip(")") else { return nil }
        break
      }
      guard let parameter = type() else { return nil }
      parameters.append(parameter)
    }
    return .function(result: result, parameters: parameters, isVariadic: isVariadic)
  }

  /// Longest first, so that `unsigned long long` is not read as `unsigned long`.
  private static let scalars = CType.Scalar.allCases.sorted {
    $0.rawValue.count > $1.rawValue.count
  }

  private mutating func base() -> CType? {
    if skip("{") {
      let spelling = take { $0 != UInt8(ascii: "}") }
      return skip("}") ? .unsupported(spelling) : nil
    }
    if skip("struct ") { return word().map { .record(.structure, $0) } }
    if skip("union ") { return word().map { .record(.union, $0) } }
    if skip("enum ") { return word().map { .enumeration($0) } }
    if skipWord("void") { return .void }
    for scalar in Self.scalars where skipWord(scalar.rawValue) { return .scalar(scalar) }
    return word().flatMap { ["struct", "union", "enum"].contains($0) ? nil : .typedef($0) }
  }

  private mutating func word() -> String? {
    let word = take(while: isNameByte)
    return word.isEmpty ? nil : word
  }

  private mutating func take(while isIncluded: (UInt8) -> Bool) -> String {
    let start = position
    while position < bytes.count, isIncluded(bytes[position]) { position += 1 }
    return String(decoding: bytes[start..<position], as: UTF8.self)
  }

  private mutating func skip(_ text: StaticString) -> Bool {
    let count = text.utf8CodeUnitCount
    guard bytes.count - position >= count else { return false }
    for index in 0..<count where bytes[position + index] != text.utf8Start[index] { return false }
    position += count
    return true
  }

  private mutating func skipWord(_ text: String) -> Bool {
    let end = position + text.utf8.count
    guard end <= bytes.count, bytes[position..<end].elementsEqual(text.utf8),
      end == bytes.count || !isNameByte(bytes[end])
    else { return false }
    position = end
    return true
  }
}

/// `:` and `@` occur in the names that the reader makes for unnamed records and enumerations.
private func isNameByte(_ byte: UInt8) -> Bool {
  switch byte {
  case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
    UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "_"), UInt8(ascii: ":"),
    UInt8(ascii: "@"), UInt8(ascii: "$"), 0x80...0xFF:
    true
  default: false
  }
}
