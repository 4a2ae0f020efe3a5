import BindingPlan
import HeaderModel

/// The methods of functions as templates see them.
enum WrapperContext {
  static func kind(
    _ methods: Methods, _ plan: Plan, _ values: inout TemplateContext
  ) -> TemplateItemKind {
    let parameterKind = parameterKind(methods, &values)
    let slots = plan.slots
    let success = plan.status.map { String($0.success) }
    let rawStatus = plan.status.map { "\($0.swiftType).RawValue" } ?? "Int32"
    let callKind = callKind(methods, &values)
    var signatureKind = values.kind(["text", "releases"])
    return values.items([
      "swiftName": .text { SwiftNames.escaped(methods[$0].swiftName) },
      "signatures": .value { values, number in
        let wrapper = methods[number]
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
      "hasParameters": .flag { methods[$0].arguments.contains { !$0.isResult } },
      "parameters": .value { values, number in
        values.list(parameterKind, methods.arguments(of: number)) { !methods.argument($0).isResult }
      },
      "results": .value { values, number in
        values.list(parameterKind, methods.arguments(of: number)) { methods.argument($0).isResult }
      },
      "structures": .value { values, number in
        values.list(parameterKind, methods.arguments(of: number)) {
          methods.argument($0).isStructure
        }
      },
      "singleCall": .value { values, number in
        let calls = methods.calls(of: number)
        return calls.count == 1 ? values.item(callKind, calls.lowerBound) : .absent
      },
      "variantCalls": .flag { methods[$0].calls.count > 1 },
      "calls": .value { $0.list(callKind, methods.calls(of: $1)) },
      "slotRange": .parts { $0 += methods[$1].slots },
      "checksStatus": .flag { ReturnText.checksStatus(methods[$0].returns) },
      "success": .text { _ in success },
      "keepsResult": .flag { ReturnText.keepsResult(methods[$0].returns) },
      "rawResult": .text { number in
        switch methods[number].returns {
        case .status: rawStatus
        case .void: "Void"
        case .value(let type): type.raw
        }
      },
      "returnType": .text { ReturnText.type(methods[$0]) },
      "returnExpression": .text { ReturnText.expression(methods[$0]) },
    ])
  }

  private static func parameterKind(
    _ methods: Methods, _ values: inout TemplateContext
  ) -> TemplateItemKind {
    values.items([
      "cName": .text { methods.argument($0).cName },
      "name": .text { methods.argument($0).escapedName },
      "type": .text { methods.argument($0).type.swift },
      "raw": .text { methods.argument($0).type.raw },
      "zero": .text { methods.argument($0).type.zero },
      "default": .text { methods.argument($0).defaultValue },
      "isResult": .flag { methods.argument($0).isResult },
      "isLate": .flag { methods.argument($0).isLate },
      "isStructure": .flag { methods.argument($0).isStructure },
    ])
  }

  /// The calls of all methods have numbers of their own.
  private static func callKind(
    _ methods: Methods, _ values: inout TemplateContext
  ) -> TemplateItemKind {
    var droppedKind = values.kind(["name", "default", "cName", "function"])
    return values.items([
      "field": .text { methods.call($0).field },
      "isNext": .flag { methods.isNext(call: $0) },
      "dropped": .value { values, number in
        values.list(
          methods.call(number).dropped.map {
            values.object(
              &droppedKind,
              [
                "name": values.text($0.escapedName),
                "default": values.text($0.defaultValue ?? "nil"), "cName": values.text($0.cName),
                "function": values.text(methods.cName(ofCall: number)),
              ])
          })
      },
      "argumentList": .parts { text, number in
        let arguments = methods.arguments(ofCall: number)
        for argument in arguments {
          if argument > arguments.lowerBound { text += ", " }
          write(methods, argument, to: &text)
        }
      },
    ])
  }

  /// An argument as it is passed on. Each part is asked for by itself: a copy of all of it would
  /// count every string's references.
  private static func write(_ methods: Methods, _ argument: Int, to text: inout [UInt8]) {
    let isResult = methods.argument(argument).isResult
    if methods.argument(argument).isStructure {
      text += "_bcStorage_"
      text += methods.argument(argument).swiftName
      text += isResult ? ".pointer" : "?.pointer"
      return
    }
    let isLate = methods.argument(argument).isLate
    if isResult, !isLate { text += "&" }
    text += methods.argument(argument).escapedName
    if isLate { text += ".pointer" }
    if !isResult, methods.argument(argument).type.form == .wrapped { text += ".rawValue" }
  }
}
