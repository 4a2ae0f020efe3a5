import BindingPlan

/// What a method returns, from what its C function returns and writes.
enum ReturnText {
  static func checksStatus(_ returns: ReturnPlan) -> Bool {
    if case .status = returns { true } else { false }
  }

  static func keepsResult(_ returns: ReturnPlan) -> Bool {
    if case .void = returns { false } else { true }
  }

  /// ` -> Type`, or nothing.
  static func type(_ wrapper: WrapperPlan) -> String {
    let values = values(of: wrapper)
    guard values.count > 1 else { return values.first.map { " -> \($0.type)" } ?? "" }
    return " -> (\(values.map { "\($0.name): \($0.type)" }.joined(separator: ", ")))"
  }

  static func expression(_ wrapper: WrapperPlan) -> String? {
    let values = values(of: wrapper)
    guard values.count > 1 else { return values.first?.expression }
    return "(\(values.map { "\($0.name): \($0.expression)" }.joined(separator: ", ")))"
  }

  /// What the C function returns, unless that is a status, then what it writes.
  private static func values(
    of wrapper: WrapperPlan
  ) -> [(name: String, type: String, expression: String)] {
    var values: [(name: String, type: String, expression: String)] = []
    if case .value(let type) = wrapper.returns {
      values.append(("result", type.swift, expression("_bcResult", type)))
    }
    for argument in wrapper.arguments where argument.isResult {
      let type = argument.type.swift
      values.append(
        (argument.swiftName, argument.isLate ? "LateResult<\(type)>" : type, expression(argument)))
    }
    return values
  }

  private static func expression(_ parameter: ParameterPlan) -> String {
    if parameter.isLate { return parameter.escapedName }
    return parameter.isStructure
      ? "\(parameter.type.swift)(reading: _bcStorage_\(parameter.swiftName))"
      : expression(parameter.escapedName, parameter.type)
  }

  /// The Swift value of a bare C value.
  private static func expression(_ name: String, _ type: MappedType) -> String {
    switch type.form {
    case .plain: name
    case .wrapped: "\(type.swift)(rawValue: \(name))"
    case .text: "\(name).map { String(cString: $0) } ?? \"\""
    }
  }
}
