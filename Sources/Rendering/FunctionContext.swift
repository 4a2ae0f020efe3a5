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
      "symbol": { $0.text(slots[$1].symbol) },
      "field": { $0.text(slots[$1].field) },
      "declaration": { $0.text(slots[$1].declaration) },
      "result": { $0.text(slots[$1].resultType) },
      "parameters": { $0.text(slots[$1].parameterTypes) },
      "signature": { $0.text(slots[$1].signature) },
      "span": { values, number in
        let availability = slots[number].availability
        if last?.availability != availability { last = (availability, span(availability)) }
        return values.text(last?.span)
      },
      "variant": { slots[$1].variant > 0 ? $0.number(slots[$1].variant) : .absent },
      "flavourList": { slots[$1].flavours.isEmpty ? .absent : $0.joined(slots[$1].flavours) },
    ])
  }

  private static func functionKind(
    _ functions: [FunctionPlan], _ methods: Methods, _ wrapperKind: TemplateItemKind,
    _ values: inout TemplateContext
  ) -> TemplateItemKind {
    values.items([
      "cName": { $0.text(functions[$1].cName) },
      "swiftName": { $0.text(SwiftNames.escaped(functions[$1].swiftName)) },
      "doc": { $0.doc(functions[$1].doc) },
      "hasDoc": { .flag(!functions[$1].doc.isEmpty) },
      "availability": { $0.text(functions[$1].availability.text) },
      "slotRange": { $0.range(functions[$1].slots) },
      "wrappers": { $0.list(wrapperKind, methods.ofFunction($1)) },
    ])
  }
}

extension SlotPlan {
  /// The declaration is `RESULT (*_Nullable FIELD)(PARAMETERS)`.
  private var pointer: Range<String.Index>? {
    declaration.firstRange(of: " (*_Nullable \(field))(")
  }

  fileprivate var resultType: String? { pointer.map { String(declaration[..<$0.lowerBound]) } }

  fileprivate var parameterTypes: String? {
    pointer.map { String(declaration[$0.upperBound...].dropLast()) }
  }
}

/// The methods of all functions, one after the other.
struct Methods {
  struct Call {
    var plan: CallPlan
    var wrapper: Int
    /// Follows another of the same method.
    var isNext: Bool
  }

  private(set) var wrappers: [WrapperPlan] = []
  /// For each the C function.
  private(set) var cNames: [String] = []
  private(set) var arguments: [ParameterPlan] = []
  private(set) var calls: [Call] = []
  private var firstWrappers: [Int] = []
  private var firstCalls: [Int] = []
  private var firstArguments: [Int] = []

  init(_ functions: [FunctionPlan]) {
    wrappers.reserveCapacity(functions.count)
    cNames.reserveCapacity(functions.count)
    calls.reserveCapacity(functions.count)
    arguments.reserveCapacity(
      functions.reduce(0) { $0 + $1.wrappers.reduce(0) { $0 + $1.arguments.count } })
    for function in functions {
      firstWrappers.append(wrappers.count)
      for wrapper in function.wrappers {
        firstArguments.append(arguments.count)
        firstCalls.append(calls.count)
        for (index, call) in wrapper.calls.enumerated() {
          calls.append(Call(plan: call, wrapper: wrappers.count, isNext: index > 0))
        }
        wrappers.append(wrapper)
        cNames.append(function.cName)
        arguments += wrapper.arguments
      }
    }
    firstWrappers.append(wrappers.count)
    firstArguments.append(arguments.count)
    firstCalls.append(calls.count)
  }

  func ofFunction(_ number: Int) -> Range<Int> {
    firstWrappers[number]..<firstWrappers[number + 1]
  }

  func calls(of wrapper: Int) -> Range<Int> { firstCalls[wrapper]..<firstCalls[wrapper + 1] }

  func arguments(of wrapper: Int) -> Range<Int> {
    firstArguments[wrapper]..<firstArguments[wrapper + 1]
  }
}
