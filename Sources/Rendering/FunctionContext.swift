import BindingPlan

/// Slots and functions as templates see them.
///
/// All are items. Methods and their arguments are numbered through, so that each is found by one
/// number.
struct FunctionContext {
  let slots: TemplateValue
  let functions: TemplateValue

  init(_ plan: Plan, _ values: inout TemplateContext) {
    slots = values.list(Self.slotKind(plan.slots, &values), plan.slots.indices)
    let methods = Methods(plan.functions)
    let wrapperKind = WrapperContext.kind(methods, plan, &values)
    let functionKind = Self.functionKind(plan.functions, methods, wrapperKind, &values)
    functions = values.list(functionKind, plan.functions.indices)
  }

  private static func slotKind(
    _ slots: [SlotPlan], _ values: inout TemplateContext
  ) -> TemplateItemKind {
    // Most functions are in all releases.
    var last: (availability: Availability, span: String)?
    return values.items([
      "symbol": .text { slots[$0].symbol },
      "field": .text { slots[$0].field },
      "declaration": .text { slots[$0].declaration },
      "result": .text { slots[$0].resultType },
      "parameters": .text { slots[$0].parameterTypes },
      "signature": .text { slots[$0].signature },
      "span": .text { number in
        let availability = slots[number].availability
        if last?.availability != availability { last = (availability, span(availability)) }
        return last?.span
      },
      "variant": .text { slots[$0].variant > 0 ? String(slots[$0].variant) : nil },
      "flavourList": .value {
        slots[$1].flavours.isEmpty ? .absent : $0.joined(slots[$1].flavours)
      },
    ])
  }

  private static func functionKind(
    _ functions: [FunctionPlan], _ methods: Methods, _ wrapperKind: TemplateItemKind,
    _ values: inout TemplateContext
  ) -> TemplateItemKind {
    values.items([
      "cName": .text { functions[$0].cName },
      "swiftName": .text { SwiftNames.escaped(functions[$0].swiftName) },
      "doc": .value { $0.doc(functions[$1].doc) },
      "hasDoc": .flag { !functions[$0].doc.isEmpty },
      "availability": .text { functions[$0].availability.text },
      "slotRange": .parts { $0 += functions[$1].slots },
      "wrappers": .value { $0.list(wrapperKind, methods.ofFunction($1)) },
    ])
  }
}

extension SlotPlan {
  /// The declaration is `RESULT (*_Nullable FIELD)(PARAMETERS)`.
  private var pointer: Range<String.Index>? {
    declaration.firstRange(of: " (*_Nullable \(field))(")
  }

  var resultType: String? { pointer.map { String(declaration[..<$0.lowerBound]) } }

  fileprivate var parameterTypes: String? {
    pointer.map { String(declaration[$0.upperBound...].dropLast()) }
  }
}

/// The methods of all functions, and their calls and arguments, numbered through.
struct Methods {
  private let functions: [FunctionPlan]
  private let wrappers: Numbering
  private let calls: Numbering
  private let arguments: Numbering

  init(_ functions: [FunctionPlan]) {
    self.functions = functions
    var (wrappers, calls, arguments) = (Numbering(), Numbering(), Numbering())
    for function in functions.indices {
      wrappers.add(functions[function].wrappers.count)
      for wrapper in functions[function].wrappers.indices {
        calls.add(functions[function].wrappers[wrapper].calls.count)
        arguments.add(functions[function].wrappers[wrapper].arguments.count)
      }
    }
    (self.wrappers, self.calls, self.arguments) = (wrappers, calls, arguments)
  }

  func ofFunction(_ number: Int) -> Range<Int> { wrappers.numbers(of: number) }

  subscript(number: Int) -> WrapperPlan {
    functions[wrappers.owner(of: number)].wrappers[wrappers.index(of: number)]
  }

  func calls(of wrapper: Int) -> Range<Int> { calls.numbers(of: wrapper) }

  func call(_ number: Int) -> CallPlan {
    self[calls.owner(of: number)].calls[calls.index(of: number)]
  }

  /// Whether a call follows another of the same method.
  func isNext(call number: Int) -> Bool { calls.index(of: number) > 0 }

  func cName(ofCall number: Int) -> String {
    functions[wrappers.owner(of: calls.owner(of: number))].cName
  }

  func arguments(of wrapper: Int) -> Range<Int> { arguments.numbers(of: wrapper) }

  /// What a call passes: the first of its method's arguments, or all.
  func arguments(ofCall number: Int) -> Range<Int> {
    arguments.numbers(of: calls.owner(of: number)).prefix(call(number).count)
  }

  func argument(_ number: Int) -> ParameterPlan {
    self[arguments.owner(of: number)].arguments[arguments.index(of: number)]
  }
}
