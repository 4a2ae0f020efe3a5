import BindingPlan

/// Slots and functions as templates see them.
struct FunctionContext {
  private let plan: Plan
  private let values: TemplateContext
  private var functionKind = TemplateKind()
  private var wrapperKind = TemplateKind()
  private var parameterKind = TemplateKind()
  /// Headers repeat few parameters, such as `comm` and `stream`, in most of their functions.
  private var knownParameters: [ParameterKey: TemplateValue] = [:]
  private var callKind = TemplateKind()
  private var signatureKind = TemplateKind()
  private var droppedKind = TemplateKind()
  private var slotKind = TemplateKind()

  init(_ plan: Plan, _ values: TemplateContext) {
    self.plan = plan
    self.values = values
  }

  mutating func slots() -> TemplateValue { values.list(plan.slots.map { slot($0) }) }

  mutating func functions() -> TemplateValue { values.list(plan.functions.map { function($0) }) }

  private mutating func slot(_ slot: SlotPlan) -> TemplateValue {
    values.object(
      &slotKind,
      [
        "symbol": values.text(slot.symbol),
        "field": values.text(slot.field),
        "declaration": values.text(slot.declaration),
        "signature": values.text(slot.signature),
        "span": values.text(span(slot.availability)),
        "variant": slot.variant > 0 ? values.number(slot.variant) : .absent,
        "flavourList": slot.flavours.isEmpty ? .absent : values.joined(slot.flavours),
      ])
  }
  private mutating func function(_ function: FunctionPlan) -> TemplateValue {
    values.object(
      &functionKind,
      [
        "cName": values.text(function.cName),
        "swiftName": values.text(SwiftNames.escaped(function.swiftName)),
        "doc": values.doc(function.doc), "hasDoc": .flag(!function.doc.isEmpty),
        "availability": values.text(function.availability.text),
        "slotRange": values.range(function.slots),
        "wrappers": values.list(function.wrappers.map { wrapper($0, function) }),
      ])
  }

  private mutating func wrapper(
    _ wrapper: WrapperPlan, _ function: FunctionPlan
  ) -> TemplateValue {
    let results = wrapper.arguments.filter(\.isResult)
    let returns = ReturnText(wrapper.returns, results)
    let calls = wrapper.calls.enumerated().map { call($1, wrapper, function, isNext: $0 > 0) }
    return values.object(
      &wrapperKind,
      [
        "swiftName": values.text(SwiftNames.escaped(wrapper.swiftName)),
        "signatures": values.list(
          plan.slots[wrapper.slots].filter { slot in
            wrapper.calls.contains { $0.field == slot.field }
          }
          .map {
            values.object(
              &signatureKind,
              [
                "text": values.text($0.signature), "releases": values.text($0.availability.text),
              ])
          }),
        "hasParameters": .flag(wrapper.arguments.contains { !$0.isResult }),
        "parameters": values.list(wrapper.parameters.map { parameter($0) }),
        "results": values.list(results.map { parameter($0) }),
        "structures": values.list(wrapper.arguments.filter(\.isStructure).map { parameter($0) }),
        "singleCall": calls.count == 1 ? calls[0] : .absent,
        "variantCalls": .flag(calls.count > 1),
        "calls": values.list(calls),
        "slotRange": values.range(wrapper.slots),
        "checksStatus": .flag(returns.checksStatus),
        "success": values.text(plan.status.map { String($0.success) }),
        "keepsResult": .flag(returns.keepsResult),
        "rawResult": values.text(rawResult(wrapper)),
        "returnType": values.text(returns.type),
        "returnExpression": values.text(returns.expression),
      ])
  }

  private func rawResult(_ wrapper: WrapperPlan) -> String {
    switch wrapper.returns {
    case .status: plan.status.map { "\($0.swiftType).RawValue" } ?? "Int32"
    case .void: "Void"
    case .value(let type): type.raw
    }
  }

  private struct ParameterKey: Hashable {
    var name: String
    var type: ObjectIdentifier
    var isResult: Bool
  }

  private mutating func parameter(_ parameter: ParameterPlan) -> TemplateValue {
    let key = ParameterKey(
      name: parameter.swiftName, type: ObjectIdentifier(parameter.type),
      isResult: parameter.isResult)
    if let known = knownParameters[key] { return known }
    let value = makeParameter(parameter)
    knownParameters[key] = value
    return value
  }

  private mutating func makeParameter(_ parameter: ParameterPlan) -> TemplateValue {
    values.object(
      &parameterKind,
      [
        "cName": values.text(parameter.cName),
        "name": values.text(SwiftNames.escaped(parameter.swiftName)),
        "type": values.text(parameter.type.swift),
        "raw": values.text(parameter.type.raw),
        "zero": values.text(parameter.type.zero),
        "default": values.text(parameter.defaultValue),
        "isResult": .flag(parameter.isResult),
        "isStructure": .flag(parameter.isStructure),
      ])
  }

  private mutating func call(
    _ call: CallPlan, _ wrapper: WrapperPlan, _ function: FunctionPlan, isNext: Bool
  ) -> TemplateValue {
    values.object(
      &callKind,
      [
        "field": values.text(call.field),
        "isNext": .flag(isNext),
        "dropped": values.list(
          call.dropped.map {
            values.object(
              &droppedKind,
              [
                "name": values.text(SwiftNames.escaped($0.swiftName)),
                "default": values.text($0.defaultValue ?? "nil"), "cName": values.text($0.cName),
                "function": values.text(function.cName),
              ])
          }),
        "argumentList": values.text(
          joining: wrapper.arguments.prefix(call.count).map(expression), by: ", "),
      ])
  }

  private func expression(_ parameter: ParameterPlan) -> String {
    let name = SwiftNames.escaped(parameter.swiftName)
    if parameter.isStructure {
      return "_bcStorage_\(parameter.swiftName)\(parameter.isResult ? "" : "?").pointer"
    }
    if parameter.isResult { return "&\(name)" }
    return parameter.type.form == .wrapped ? "\(name).rawValue" : name
  }
}
