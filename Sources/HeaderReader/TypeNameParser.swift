internal import HeaderModel

/// Reads a type's name as casts and `sizeof` have it: `unsigned long`, `struct x const *`,
/// `void (*)(int)`.
struct TypeNameParser {
  private let tokens: [Token]
  private(set) var position: Int
  private let isTypedef: (String) -> Bool
  /// Types nest, and so do the functions here: a hostile text must not overflow the stack.
  private var operatorsLeft = 64

  init(_ tokens: [Token], at position: Int, isTypedef: @escaping (String) -> Bool) {
    self.tokens = tokens
    self.position = position
    self.isTypedef = isTypedef
  }

  /// The type at the position, which is then behind it.
  mutating func parse() -> CType? {
    guard let base = specifiers() else { return nil }
    return declarator(base)
  }

  private var text: String? { position < tokens.count ? tokens[position].text : nil }

  // MARK: Specifiers

  private mutating func specifiers() -> CType? {
    var words: [String] = []
    var named: CType?
    var qualifiers: CType.Qualifiers = []
    scan: while let text {
      switch text {
      case "const", "__const", "__const__": qualifiers.insert(.const)
      case "volatile", "__volatile__": qualifiers.insert(.volatile)
      case "signed", "unsigned", "short", "long", "int", "char", "float", "double", "void", "_Bool":
        guard named == nil, words.count < 4 else { return nil }
        words.append(text)
      case "struct", "union", "enum":
        guard named == nil, words.isEmpty, position + 1 < tokens.count,
          tokens[position + 1].kind == .identifier
        else { return nil }
        position += 1
        let tag = tokens[position].text
        named =
          text == "enum" ? .enumeration(tag) : .record(text == "union" ? .union : .structure, tag)
      default:
        guard named == nil, words.isEmpty, tokens[position].kind == .identifier, isTypedef(text)
        else { break scan }
        named = .typedef(text)
      }
      position += 1
    }
    guard let type = named ?? Self.scalar(words) else { return nil }
    return TypeReader.qualify(type, qualifiers)
  }

  /// The type that a set of keywords names, in any order.
  private static func scalar(_ words: [String]) -> CType? {
    switch words.sorted() {
    case ["void"]: .void
    case ["_Bool"]: .scalar(.bool)
    case ["char"]: .scalar(.char)
    case ["char", "signed"]: .scalar(.signedChar)
    case ["char", "unsigned"]: .scalar(.unsignedChar)
    case ["short"], ["int", "short"], ["short", "signed"], ["int", "short", "signed"]:
      .scalar(.short)
    case ["short", "unsigned"], ["int", "short", "unsigned"]: .scalar(.unsignedShort)
    case ["int"], ["signed"], ["int", "signed"]: .scalar(.int)
    case ["unsigned"], ["int", "unsigned"]: .scalar(.unsignedInt)
    case ["long"], ["int", "long"], ["long", "signed"], ["int", "long", "signed"]: .scalar(.long)
    case ["long", "unsigned"], ["int", "long", "unsigned"]: .scalar(.unsignedLong)
    case ["long", "long"], ["int", "long", "long"], ["long", "long", "signed"],
      ["int", "long", "long", "signed"]:
      .scalar(.longLong)
    case ["long", "long", "unsigned"], ["int", "long", "long", "unsigned"]:
      .scalar(.unsignedLongLong)
    case ["float"]: .scalar(.float)
    case ["double"]: .scalar(.double)
    default: nil
    }
  }

  // MARK: Declarators

  private mutating func declarator(_ base: CType) -> CType? {
    var type = base
    while let text {
      operatorsLeft -= 1
      guard operatorsLeft > 0 else { return nil }
      if text == "*" {
        type = .pointer(type)
      } else if let qualifier = Self.qualifier(text), case .pointer = type.unqualified {
        type = TypeReader.qualify(type, qualifier)
      } else {
        break
      }
      position += 1
    }
    guard text == "(", position + 1 < tokens.count, ["*", "("].contains(tokens[position + 1].text)
    else { return suffixes(type) }
    // `(*)(int)`: what follows the parentheses is nearer to the base than what they hold.
    position += 1
    let inside = position
    guard skipGroup(), let outer = suffixes(type) else { return nil }
    let end = position
    position = inside
    guard let inner = declarator(outer), text == ")" else { return nil }
    position = end
    return inner
  }

  private static func qualifier(_ text: String) -> CType.Qualifiers? {
    switch text {
    case "const", "__const", "__const__": .const
    case "volatile", "__volatile__": .volatile
    case "restrict", "__restrict", "__restrict__": .restrict
    default: nil
    }
  }

  /// Moves behind the parenthesis that closes the one before the position.
  private mutating func skipGroup() -> Bool {
    var depth = 1
    while let text {
      position += 1
      if text == "(" { depth += 1 }
      if text == ")" {
        depth -= 1
        if depth == 0 { return true }
      }
    }
    return false
  }

  private mutating func suffixes(_ base: CType) -> CType? {
    operatorsLeft -= 1
    guard operatorsLeft > 0 else { return nil }
    switch text {
    case "(":
      position += 1
      return parameters(base)
    case "[":
      position += 1
      var count: Int?
      if let text, text != "]" {
        guard let number = Int(text) else { return nil }
        count = number
        position += 1
      }
      guard text == "]" else { return nil }
      position += 1
      return suffixes(base).map { .array($0, count) }
    default: return base
    }
  }

  private mutating func parameters(_ result: CType) -> CType? {
    var parameters: [CType] = []
    var isVariadic = text == ")"
    while let text, text != ")" {
      if text == "..." {
        isVariadic = true
        position += 1
      } else {
        guard let base = specifiers(), let type = declarator(base) else { return nil }
        parameters.append(type)
      }
      if self.text == "," { position += 1 } else { break }
    }
    guard text == ")" else { return nil }
    position += 1
    if parameters == [.void] { parameters = [] }
    return .function(result: result, parameters: parameters, isVariadic: isVariadic)
  }
}
