internal import HeaderModel

/// Works out the constant expression that a macro stands for, with C's types and conversions.
///
/// There is no second parse by clang for this: that would cost as much as the first one. Whatever
/// is not a constant expression, or has no defined value, has no value here either.
struct MacroEvaluator {
  /// What the expression may refer to.
  struct Environment {
    var macro: (String) -> MacroDefinition?
    var enumerator: (String) -> Constant?
    /// The type at the end of a typedef's chain; `nil` for what is no typedef.
    var typedef: (String) -> CType?
    /// In bytes.
    var size: (CType) -> Int?
  }

  private static let depthLimit = 128

  private let environment: Environment
  private let tokens: [Token]
  private var position = 0
  private var depth = 0
  /// Zero while an operand counts, more inside of one that is skipped, as in `0 && 1 / 0`.
  private var skipped = 0

  /// The value of an object-like macro, if it has one. `isTooLarge` is set if it is too large to be
  /// looked at.
  static func value(
    of macro: MacroDefinition, in environment: Environment, isTooLarge: inout Bool
  ) -> MacroValue? {
    guard macro.parameters == nil, !macro.body.isEmpty,
      // The macro's own name in its body stays as it is.
      let tokens = MacroExpander.expand(
        [Token(.identifier, macro.name)], isTooLarge: &isTooLarge,
        { $0 == macro.name ? macro : environment.macro($0) })
    else { return nil }
    var evaluator = MacroEvaluator(tokens, environment)
    guard let constant = evaluator.conditional(), evaluator.position == tokens.count else {
      return nil
    }
    switch constant.payload {
    case .integer(let value): return .integer(value, constant.type)
    case .floating(let value): return value.isFinite ? .floating(value, constant.type) : nil
    case .string(let bytes):
      return String(validating: bytes, as: UTF8.self).map { .string($0) }
    }
  }

  private init(_ tokens: [Token], _ environment: Environment) {
    self.tokens = tokens
    self.environment = environment
  }

  private var text: String? { position < tokens.count ? tokens[position].text : nil }

  private mutating func skip(_ expected: String) -> Bool {
    guard text == expected, tokens[position].kind == .punctuator else { return false }
    position += 1
    return true
  }

  // MARK: Operators with two and three operands

  private mutating func conditional() -> Constant? {
    depth += 1
    defer { depth -= 1 }
    guard depth < Self.depthLimit, let condition = binary(1) else { return nil }
    guard skip("?") else { return condition }
    guard let isTrue = condition.isTrue else { return nil }
    if !isTrue { skipped += 1 }
    let first = conditional()
    if !isTrue { skipped -= 1 }
    guard let first, skip(":") else { return nil }
    if isTrue { skipped += 1 }
    let second = conditional()
    if isTrue { skipped -= 1 }
    guard let second else { return nil }
    let chosen = isTrue ? first : second
    guard let left = first.scalar, let right = second.scalar else {
      return first.type == second.type ? chosen : nil
    }
    let common = CType.Scalar.common(left, right)
    return chosen.converted(to: common).map { Constant($0, .scalar(common)) }
  }

  private static func precedence(_ text: String) -> Int? {
    switch text {
    case "||": 1
    case "&&": 2
    case "|": 3
    case "^": 4
    case "&": 5
    case "==", "!=": 6
    case "<", ">", "<=", ">=": 7
    case "<<", ">>": 8
    case "+", "-": 9
    case "*", "/", "%": 10
    default: nil
    }
  }

  private mutating func binary(_ least: Int) -> Constant? {
    guard var left = unary() else { return nil }
    while let sign = text, tokens[position].kind == .punctuator,
      let precedence = Self.precedence(sign), precedence >= least
    {
      position += 1
      guard let result = apply(sign, left, precedence) else { return nil }
      left = result
    }
    return left
  }

  private mutating func apply(_ sign: String, _ left: Constant, _ precedence: Int) -> Constant? {
    guard sign == "&&" || sign == "||" else {
      guard let right = binary(precedence + 1) else { return nil }
      return Arithmetic.apply(sign, left, right, isSkipped: skipped > 0)
    }
    guard let isTrue = left.isTrue else { return nil }
    let decides = isTrue == (sign == "||")
    if decides { skipped += 1 }
    let right = binary(precedence + 1)
    if decides { skipped -= 1 }
    guard let other = right?.isTrue else { return nil }
    return .int((decides ? isTrue : other) ? 1 : 0)
  }

  // MARK: Operators with one operand

  private mutating func unary() -> Constant? {
    depth += 1
    defer { depth -= 1 }
    guard depth < Self.depthLimit, position < tokens.count else { return nil }
    let token = tokens[position]
    if token.kind == .identifier, token.text == "sizeof" {
      position += 1
      return sizeof()
    }
    guard token.kind == .punctuator else { return primary() }
    switch token.text {
    case "+", "-", "~", "!":
      position += 1
      guard let operand = unary() else { return nil }
      return Arithmetic.apply(token.text, operand, isSkipped: skipped > 0)
    case "(":
      position += 1
      if let type = typeName() {
        guard skip(")"), text != "{", let operand = unary() else { return nil }
        return cast(operand, to: type)
      }
      guard let inner = conditional(), skip(")") else { return nil }
      return inner
    default: return nil
    }
  }

  /// The type's name at the position, if there is one.
  private mutating func typeName() -> CType? {
    guard position < tokens.count, tokens[position].kind == .identifier else { return nil }
    var parser = TypeNameParser(tokens, at: position) { [environment] in
      environment.typedef($0) != nil
    }
    guard let type = parser.parse() else { return nil }
    position = parser.position
    return type
  }

  private mutating func sizeof() -> Constant? {
    let size: Int?
    let start = position
    if skip("("), let type = typeName(), skip(")") {
      size = environment.size(type)
    } else {
      position = start
      skipped += 1
      let operand = unary()
      skipped -= 1
      if case .string(let bytes) = operand?.payload {
        size = bytes.count + 1
      } else {
        size = operand.flatMap { environment.size($0.type) }
      }
    }
    return size.map { Constant(.integer(Int128($0)), .scalar(.unsignedLong)) }
  }

  private func cast(_ operand: Constant, to type: CType) -> Constant? {
    switch resolve(type.unqualified) {
    case .scalar(let scalar):
      // The address in a pointer is a number, but not that of a string.
      return operand.converted(to: scalar).map {
        Constant($0, type.unqualified, resolved: .scalar(scalar))
      }
    case .pointer(let target):
      guard case .integer(let value) = operand.payload else { return nil }
      return Constant(
        .integer(CType.Scalar.unsignedLong.wrap(value)), type.unqualified,
        resolved: .pointer(target))
    default: return nil
    }
  }

  /// What a typedef or an enumeration comes to.
  private func resolve(_ type: CType) -> CType? {
    switch type {
    case .typedef(let name): return environment.typedef(name)?.unqualified
    case .enumeration: return environment.size(type) == 8 ? nil : .scalar(.unsignedInt)
    default: return type
    }
  }

  // MARK: Operands

  private mutating func primary() -> Constant? {
    let token = tokens[position]
    position += 1
    switch token.kind {
    case .number: return Literals.number(token.text)
    case .character: return Literals.character(token.text)
    case .identifier: return environment.enumerator(token.text)
    case .string:
      guard var bytes = Literals.string(token.text) else { return nil }
      while position < tokens.count, tokens[position].kind == .string {
        guard let more = Literals.string(tokens[position].text) else { return nil }
        bytes += more
        position += 1
      }
      return Constant(.string(bytes), .pointer(.qualified(.scalar(.char), .const)))
    case .punctuator, .other: return nil
    }
  }
}
