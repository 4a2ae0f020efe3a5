import BindingPlan
import HeaderModel

/// The methods of functions as templates see them.
enum WrapperContext {
  static func kind(
    _ methods: Methods, _ plan: Plan, _ values: inout TemplateContext
  ) -> TemplateItemKind {
    let (wrappers, arguments) = (methods.wrappers, methods.arguments)
    let parameterKind = parameterKind(arguments, &values)
    let slots = plan.slots
    let success = plan.status.map { String($0.success) }
    let rawStatus = plan.status.map { "\($0.swiftType).RawValue" } ?? "Int32"
    let callKind = callKind(methods, &values)
    var signatureKind = values.kind(["text", "releases"])
    return values.items([
      "swiftName": { $0.text(SwiftNames.escaped(wrappers[$1].swiftName)) },
      "signatures": { values, number in
        let wrapper = wrappers[number]
        let called = wrapper.slots.filter { slot in
          wrapper.calls.contains { $0.field == slots[slot].field }
        }
        return values.list(
          called.map { slot in
            values.object(
              &signatureKind,
              [
                "text": values.text(slots[slot].signature),
                "releases": values.text(slots[slot].availability.text),
              ])
          })
      },
      "hasParameters": { .flag(wrappers[$1].arguments.contains { !$0.isResult }) },
      "parameters": { values, number in
        values.list(
          parameterKind, methods.arguments(of: number).lazy.filter { !arguments[$0].isResult })
      },
      "results": { values, number in
        values.list(
          parameterKind, methods.arguments(of: number).lazy.filter { arguments[$0].isResult })
      },
      "structures": { values, number in
        values.list(
          parameterKind, methods.arguments(of: number).lazy.filter { arguments[$0].isStructure })
      },
      "singleCall": { values, number in
        let calls = methods.calls(of: number)
        return calls.count == 1 ? values.item(callKind, calls.lowerBound) : .absent
      },
      "variantCalls": { .flag(wrappers[$1].calls.count > 1) },
      "calls": { $0.list(callKind, methods.calls(of: $1)) },
      "slotRange": { $0.range(wrappers[$1].slots) },
      "checksStatus": { .flag(ReturnText.checksStatus(wrappers[$1].returns)) },
      "success": { values, _ in values.text(success) },
      "keepsResult": { .flag(ReturnText.keepsResult(wrappers[$1].returns)) },
      "rawResult": { values, number in
        switch wrappers[number].returns {
        case .status: values.text(rawStatus)
        case .void: values.text("Void")
        case .value(let type): values.text(type.raw)
        }
      },
      "returnType": { $0.text(ReturnText.type(wrappers[$1])) },
      "returnExpression": { $0.text(ReturnText.expression(wrappers[$1])) },
    ])
  }

  private static func parameterKind(
    _ arguments: [ParameterPlan], _ values: inout TemplateContext
  ) -> TemplateItemKind {
    values.items([
      "cName": { $0.text(arguments[$1].cName) },
      "name": { $0.text(arguments[$1].escapedName) },
      "type": { $0.text(arguments[$1].type.swift) },
      "raw": { $0.text(arguments[$1].type.raw) },
      "zero": { $0.text(arguments[$1].type.zero) },
      "default": { $0.text(arguments[$1].defaultValue) },
      "isResult": { .flag(arguments[$1].isResult) },
      "isStructure": { .flag(arguments[$1].isStructure) },
    ])
  }

  /// The calls of all methods have numbers of their own.
  private static func callKind(
    _ methods: Methods, _ values: inout TemplateContext
  ) -> TemplateItemKind {
    var droppedKind = values.kind(["name", "default", "cName", "function"])
    return values.items([
      "field": { $0.text(methods.calls[$1].plan.field) },
      "isNext": { .flag(methods.calls[$1].isNext) },
      "dropped": { values, number in
        let call = methods.calls[number]
        return values.list(
          call.plan.dropped.map {
            values.object(
              &droppedKind,
              [
                "name": values.text($0.escapedName),
                "default": values.text($0.defaultValue ?? "nil"), "cName": values.text($0.cName),
                "function": values.text(methods.cNames[call.wrapper]),
              ])
          })
      },
      "argumentList": { values, number in
        let arguments = methods.arguments(of: methods.calls[number].wrapper)
        return values.text { text in
          for number in arguments.prefix(methods.calls[number].plan.count) {
            if number > arguments.lowerBound { text += ", " }
            write(methods.arguments[number], to: &text)
          }
        }
      },
    ])
  }

  private static func write(_ parameter: ParameterPlan, to text: inout [UInt8]) {
    if parameter.isStructure {
      text += "_bcStorage_"
      text += parameter.swiftName
      text += parameter.isResult ? ".pointer" : "?.pointer"
      return
    }
    if parameter.isResult { text += "&" }
    text += parameter.escapedName
    if !parameter.isResult, parameter.type.form == .wrapped { text += ".rawValue" }
  }
}
