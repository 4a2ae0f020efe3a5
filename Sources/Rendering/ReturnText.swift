import BindingPlan

/// What a method returns, from what its C function returns and writes.
struct ReturnText {
  let checksStatus: Bool
  let keepsResult: Bool
  /// ` -> Type`, or nothing.
  let type: String
  let expression: String?

  init(_ returns: ReturnPlan, _ results: [ParameterPlan]) {
    var values = results.map {
      (name: $0.swiftName, type: $0.type.swift, expression: Self.expression($0))
    }
    switch returns {
    case .status:
      checksStatus = true
      keepsResult = true
    case .void:
      checksStatus = false
      keepsResult = false
    case .value(let type):
      checksStatus = false
      keepsResult = true
      values.insert(("result", type.swift, Self.expression("_bcResult", type)), at: 0)
    }
    if values.count > 1 {
      type = " -> (\(values.map { "\($0.name): \($0.type)" }.joined(separator: ", ")))"
      expression = "(\(values.map { "\($0.name): \($0.expression)" }.joined(separator: ", ")))"
    } else {
      type = values.first.map { " -> \($0.type)" } ?? ""
      expression = values.first?.expression
    }
  }

  private static func expression(_ parameter: ParameterPlan) -> String {
    parameter.isStructure
      ? "\(parameter.type.swift)(reading: _bcStorage_\(parameter.swiftName))"
      : expression(SwiftNames.escaped(parameter.swiftName), parameter.type)
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
