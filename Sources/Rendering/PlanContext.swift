package import BindingPlan
import HeaderModel

/// The plan as templates see it: names of values, nothing left to decide.
///
/// Every name here is part of what template authors may rely on; `Documentation.docc` lists them.
package struct PlanContext {
  private let plan: Plan
  private var functionKind = TemplateKind()
  private var wrapperKind = TemplateKind()
  private var parameterKind = TemplateKind()
  private var callKind = TemplateKind()
  private var signatureKind = TemplateKind()
  private var droppedKind = TemplateKind()
  private var slotKind = TemplateKind()

  private init(_ plan: Plan) { self.plan = plan }

  /// The value that all of a vendor's templates are printed with.
  package static func value(_ plan: Plan) -> TemplateValue {
    var context = PlanContext(plan)
    return context.root()
  }

  private mutating func root() -> TemplateValue {
    let profile = plan.profile
    let library = profile.library
    var ruleKind = TemplateKind()
    var flavourKind = TemplateKind()
    var root = TemplateKind()
    let functions = plan.functions.map { function($0) }
    let slots = plan.slots.map { slot($0) }
    return root.object([
      "vendor": .text(plan.profile.vendor),
      "displayName": .text(profile.displayName),
      "releaseRange": .text(releaseRange),
      "module": .text(plan.module),
      "cModule": .text(plan.cModule),
      "cPrefix": .text(plan.cPrefix),
      "libraryType": .text(plan.libraryType),
      "functionType": .text(plan.functionType),
      "constantsType": .text(plan.constantsType),
      "vendorLiteral": literal(profile.displayName),
      "importsC": .text(methodsShowCTypes ? "public" : "internal"),
      "hasAliases": .flag(plan.records.contains { $0.swiftName != nil }),
      "typesUseLoader": .flag(!plan.handles.isEmpty || !plan.byteRecords.isEmpty),
      "hasEnvironment": .flag(!library.environment.isEmpty),
      "environmentText": .text(library.environment.map { "`\($0)`" }.joined(separator: ", ")),
      "nameText": .text(library.names.map { "`\($0)`" }.joined(separator: ", ")),
      "environmentList": list(library.environment),
      "nameList": list(library.names),
      "symbolPrefixList": list(symbolPrefixes),
      "versionCode": versionCode(&ruleKind),
      "versionParts": versionParts(),
      "noVersion": .flag(library.versionFunction == nil),
      "releases": .list(plan.releases.map { .text(release($0)) }),
      "flavours": .list(
        profile.flavours.map {
          flavourKind.object(["name": literal($0.name), "summary": literal($0.summary)])
        }),
      "otherSymbols": .lines(plan.otherSymbols),
      "slots": .list(slots),
      "slotCount": .number(plan.slots.count),
      "status": statusValue(),
      "errorText": errorTextValue(),
      "lastError": lastErrorValue(),
      "functions": .list(functions),
      "enumerations": enumerations(),
      "handles": handles(),
      "records": records(),
      "callbacks": callbacks(),
      "byteRecords": byteRecords(),
      "structures": StructureContext.values(plan.structures),
      "flags": flags(),
      "constants": constants(),
    ])
  }

  // MARK: The library

  /// Whether a method's signature has a type of the C module.
  private var methodsShowCTypes: Bool {
    let names = Set(
      plan.records.flatMap { [$0.emittedName, $0.swiftName].compactMap(\.self) }
        + plan.callbacks.map(\.emittedName))
    return plan.functions.flatMap(\.wrappers).flatMap(\.arguments).contains { argument in
      argument.type.swift.split { !$0.isLetter && !$0.isNumber && $0 != "_" }
        .contains { names.contains(String($0)) }
    }
  }

  private var releaseRange: String {
    guard let first = plan.releases.first, let last = plan.releases.last else { return "" }
    return first == last
      ? "\(first)" : "\(first) to \(last) (\(plan.releases.count) releases)"
  }

  private var symbolPrefixes: [String] {
    let selection = plan.profile.functions
    return selection.prefixes + selection.prefixes.compactMap { prefix in
      selection.twinPrefix.map { $0 + prefix }
    }
  }

  private func versionCode(_ ruleKind: inout TemplateKind) -> TemplateValue {
    let library = plan.profile.library
    guard let function = library.versionFunction, !library.versionCode.isEmpty else {
      return .absent
    }
    var kind = TemplateKind()
    return kind.object([
      "function": .text(function),
      "rules": .list(
        library.versionCode.map {
          ruleKind.object([
            "below": .text($0.below.map(String.init) ?? "nil"), "major": .number($0.major),
            "minor": .number($0.minor), "patch": .number($0.patch),
          ])
        }),
    ])
  }

  private func versionParts() -> TemplateValue {
    let library = plan.profile.library
    guard let function = library.versionFunction, library.versionCode.isEmpty else {
      return .absent
    }
    var kind = TemplateKind()
    return kind.object(["function": .text(function), "count": .number(library.versionCount)])
  }

  private func statusValue() -> TemplateValue {
    guard let status = plan.status else { return .absent }
    var kind = TemplateKind()
    return kind.object([
      "swiftType": .text(status.swiftType), "success": .number(status.success),
      "pending": .lines(status.pending),
    ])
  }

  private func errorTextValue() -> TemplateValue {
    guard let text = plan.errorText else { return .absent }
    var kind = TemplateKind()
    return kind.object(["slot": .text(text.slot), "writesText": .flag(text.writesText)])
  }

  private func lastErrorValue() -> TemplateValue {
    guard let error = plan.lastError else { return .absent }
    var kind = TemplateKind()
    return kind.object(["slot": .text(error.slot), "takesHandle": .flag(error.takesHandle)])
  }

  private mutating func slot(_ slot: SlotPlan) -> TemplateValue {
    slotKind.object([
      "symbol": .text(slot.symbol),
      "field": .text(slot.field),
      "declaration": .text(slot.declaration),
      "signature": .text(slot.signature),
      "span": .text(span(slot.availability)),
      "variant": slot.variant > 0 ? .number(slot.variant) : .absent,
      "flavourList": slot.flavours.isEmpty ? .absent : list(slot.flavours),
    ])
  }

  // MARK: Functions

  private mutating func function(_ function: FunctionPlan) -> TemplateValue {
    functionKind.object([
      "cName": .text(function.cName),
      "swiftName": .text(SwiftNames.escaped(function.swiftName)),
      "doc": doc(function.doc), "hasDoc": .flag(!function.doc.isEmpty),
      "availability": .text(function.availability.text),
      "slotRange": range(function.slots),
      "wrappers": .list(function.wrappers.map { wrapper($0, function) }),
    ])
  }

  private mutating func wrapper(
    _ wrapper: WrapperPlan, _ function: FunctionPlan
  ) -> TemplateValue {
    let results = wrapper.arguments.filter(\.isResult)
    let returns = ReturnText(wrapper.returns, results)
    let calls = wrapper.calls.enumerated().map { call($1, wrapper, function, isNext: $0 > 0) }
    return wrapperKind.object([
      "swiftName": .text(SwiftNames.escaped(wrapper.swiftName)),
      "signatures": .list(
        plan.slots[wrapper.slots].filter { slot in wrapper.calls.contains { $0.field == slot.field } }
          .map {
            signatureKind.object([
              "text": .text($0.signature), "releases": .text($0.availability.text),
            ])
          }),
      "hasParameters": .flag(!wrapper.parameters.isEmpty),
      "parameters": .list(wrapper.parameters.map { parameter($0) }),
      "results": .list(results.map { parameter($0) }),
      "structures": .list(wrapper.arguments.filter(\.isStructure).map { parameter($0) }),
      "singleCall": calls.count == 1 ? calls[0] : .absent,
      "variantCalls": .flag(calls.count > 1),
      "calls": .list(calls),
      "slotRange": range(wrapper.slots),
      "checksStatus": .flag(returns.checksStatus),
      "success": .text(plan.status.map { String($0.success) }),
      "keepsResult": .flag(returns.keepsResult),
      "rawResult": .text(rawResult(wrapper)),
      "returnType": .text(returns.type),
      "returnExpression": .text(returns.expression),
    ])
  }

  private func rawResult(_ wrapper: WrapperPlan) -> String {
    switch wrapper.returns {
    case .status: plan.status.map { "\($0.swiftType).RawValue" } ?? "Int32"
    case .void: "Void"
    case .value(let type): type.raw
    }
  }

  private mutating func parameter(_ parameter: ParameterPlan) -> TemplateValue {
    parameterKind.object([
      "cName": .text(parameter.cName),
      "name": .text(SwiftNames.escaped(parameter.swiftName)),
      "label": .text(""),
      "type": .text(parameter.type.swift),
      "raw": .text(parameter.type.raw),
      "zero": .text(parameter.type.zero),
      "default": .text(parameter.defaultValue),
      "isResult": .flag(parameter.isResult),
      "isStructure": .flag(parameter.isStructure),
    ])
  }

  private mutating func call(
    _ call: CallPlan, _ wrapper: WrapperPlan, _ function: FunctionPlan, isNext: Bool
  ) -> TemplateValue {
    callKind.object([
      "field": .text(call.field),
      "isNext": .flag(isNext),
      "dropped": .list(
        call.dropped.map {
          droppedKind.object([
            "name": .text(SwiftNames.escaped($0.swiftName)),
            "default": .text($0.defaultValue ?? "nil"), "cName": .text($0.cName),
            "function": .text(function.cName),
          ])
        }),
      "argumentList": .text(
        wrapper.arguments.prefix(call.count).map(expression).joined(separator: ", ")),
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

  // MARK: Types

  private func enumerations() -> TemplateValue {
    var kind = TemplateKind()
    var memberKind = TemplateKind()
    return .list(
      plan.enumerations.map { enumeration in
        kind.object([
          "cName": .text(enumeration.cName),
          "swiftName": .text(enumeration.swiftName),
          "rawType": .text(enumeration.rawType),
          "doc": doc(enumeration.doc), "hasDoc": .flag(!enumeration.doc.isEmpty),
          "availability": .text(enumeration.availability.text),
          "enumerators": .list(
            enumeration.enumerators.map {
              memberKind.object([
                "cName": .text($0.cName),
                "enumeration": .text(enumeration.swiftName),
                "swiftName": .text(SwiftNames.escaped($0.swiftName)),
                "plainName": .text($0.swiftName),
                "value": .number($0.value),
                "aliasOf": .text($0.aliasOf.map(SwiftNames.escaped)),
                "doc": doc($0.doc), "hasDoc": .flag(!$0.doc.isEmpty),
                "availability": .text($0.availability.text),
                "spans": .list($0.availability.spans.map { .text(span($0)) }),
              ])
            }),
        ])
      })
  }

  private func handles() -> TemplateValue {
    var kind = TemplateKind()
    return .list(
      plan.handles.map {
        kind.object([
          "cName": .text($0.cName), "swiftName": .text($0.swiftName), "doc": doc($0.doc), "hasDoc": .flag(!$0.doc.isEmpty),
          "availability": .text($0.availability.text),
        ])
      })
  }

  private func records() -> TemplateValue {
    var kind = TemplateKind()
    var offsetKind = TemplateKind()
    return .list(
      plan.records.map { record in
        kind.object([
          "cName": .text(record.cName), "emittedName": .text(record.emittedName),
          "swiftName": .text(plan.structures.contains { $0.cName == record.cName } ? nil : record.swiftName),
          "kind": .text(record.kind.rawValue), "members": .lines(record.members),
          "attributes": .lines(record.attributes), "size": .number(record.size),
          "alignment": .number(record.alignment),
          "offsets": .list(
            record.offsets.map {
              offsetKind.object(["member": .text($0.member), "bytes": .number($0.bytes)])
            }), "doc": doc(record.doc), "hasDoc": .flag(!record.doc.isEmpty), "releases": .text(record.releases),
        ])
      })
  }

  private func callbacks() -> TemplateValue {
    var kind = TemplateKind()
    return .list(
      plan.callbacks.map {
        kind.object([
          "cName": .text($0.cName), "declaration": .text($0.declaration),
          "signature": .text($0.signature),
        ])
      })
  }

  private func byteRecords() -> TemplateValue {
    var kind = TemplateKind()
    return .list(
      plan.byteRecords.map {
        kind.object(["swiftName": .text($0.swiftName), "size": .number($0.size)])
      })
  }

  private func flags() -> TemplateValue {
    var kind = TemplateKind()
    var memberKind = TemplateKind()
    return .list(
      plan.flags.map { group in
        kind.object([
          "swiftName": .text(group.swiftName), "rawType": .text(group.rawType),
          "prefix": .text(group.prefix),
          "members": .list(
            group.members.map {
              memberKind.object([
                "cName": .text($0.cName), "swiftName": .text(SwiftNames.escaped($0.swiftName)),
                "flags": .text(group.swiftName), "value": .number($0.value),
                "isZero": .flag($0.value == 0), "availability": .text($0.availability.text),
              ])
            }),
        ])
      })
  }

  private func constants() -> TemplateValue {
    var kind = TemplateKind()
    return .list(
      plan.constants.map {
        kind.object([
          "cName": .text($0.cName), "swiftName": .text(SwiftNames.escaped($0.swiftName)),
          "type": .text($0.swiftType), "value": .text($0.value), "body": .text($0.body),
          "availability": .text($0.availability.text),
        ])
      })
  }
}

// MARK: Small forms

func literal(_ text: String) -> TemplateValue { .text(StringLiteral.swift(text)) }

/// The inside of a Swift array literal.
private func list(_ texts: [String]) -> TemplateValue {
  .text(texts.map(StringLiteral.swift).joined(separator: ", "))
}

/// Comment lines: what follows the `///`.
func doc(_ lines: [String]) -> TemplateValue {
  .list(lines.map { .text($0.isEmpty ? "" : " \($0)") })
}

/// The arguments of a `LibraryRelease`.
func release(_ release: Release) -> String {
  "\(release.major), \(release.minor), \(release.patch)"
}

private func span(_ span: Availability.Span) -> String {
  let until = span.until.map { ", until: LibraryRelease(\(release($0)))" } ?? ""
  return "since: LibraryRelease(\(release(span.since)))\(until)"
}

/// From the first release that has it to the last.
private func span(_ availability: Availability) -> String {
  guard let since = availability.since else { return "since: LibraryRelease(0, 0, 0)" }
  return span(Availability.Span(since: since, until: availability.until))
}

private func range(_ range: Range<Int>) -> TemplateValue {
  .text("\(range.lowerBound)..<\(range.upperBound)")
}
