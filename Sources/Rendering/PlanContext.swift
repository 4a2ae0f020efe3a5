package import BindingPlan
import HeaderModel

/// The plan as templates see it: names of values, nothing left to decide.
///
/// Every name here is part of what template authors may rely on; `Documentation.docc` lists them.
package struct PlanContext {
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

  private init(_ plan: Plan, _ values: TemplateContext) {
    self.plan = plan
    self.values = values
  }

  /// The value that all of a vendor's templates are printed with.
  package static func value(_ plan: Plan, in values: TemplateContext) -> TemplateValue {
    var context = PlanContext(plan, values)
    return context.root()
  }

  private mutating func root() -> TemplateValue {
    let profile = plan.profile
    let library = profile.library
    var ruleKind = TemplateKind()
    var flavourKind = TemplateKind()
    let functions = plan.functions.map { function($0) }
    let slots = plan.slots.map { slot($0) }
    return values.object([
      "vendor": values.text(plan.profile.vendor),
      "displayName": values.text(profile.displayName),
      "releaseRange": values.text(releaseRange),
      "module": values.text(plan.module),
      "cModule": values.text(plan.cModule),
      "cPrefix": values.text(plan.cPrefix),
      "libraryType": values.text(plan.libraryType),
      "functionType": values.text(plan.functionType),
      "constantsType": values.text(plan.constantsType),
      "vendorLiteral": values.literal(profile.displayName),
      "importsC": values.text(methodsShowC ? "public" : "internal"),
      "hasAliases": .flag(!plan.aliasedRecords.isEmpty),
      "typesUseLoader": .flag(!plan.handles.isEmpty || !plan.byteRecords.isEmpty),
      "hasEnvironment": .flag(!library.environment.isEmpty),
      "environmentText": values.text(library.environment.map { "`\($0)`" }.joined(separator: ", ")),
      "nameText": values.text(library.names.map { "`\($0)`" }.joined(separator: ", ")),
      "environmentList": values.joined(library.environment),
      "nameList": values.joined(library.names),
      "symbolPrefixList": values.joined(symbolPrefixes),
      "versionCode": versionCode(&ruleKind),
      "versionParts": versionParts(),
      "noVersion": .flag(library.versionFunction == nil),
      "releases": values.list(plan.releases.map { values.text(release($0)) }),
      "flavours": values.list(
        profile.flavours.map {
          values.object(
            &flavourKind, ["name": values.literal($0.name), "summary": values.literal($0.summary)])
        }),
      "otherSymbols": values.lines(plan.otherSymbols),
      "slots": values.list(slots),
      "slotCount": values.number(plan.slots.count),
      "status": statusValue(),
      "errorText": errorTextValue(),
      "lastError": lastErrorValue(),
      "functions": values.list(functions),
      "enumerations": enumerations(),
      "handles": handles(),
      "records": records(),
      "callbacks": callbacks(),
      "byteRecords": byteRecords(),
      "structures": StructureContext(values).structures(plan.structures),
      "flags": flags(),
      "constants": constants(),
    ])
  }

  // MARK: The library

  /// Whether a method shows something of the C module to its callers: its body, where it can be
  /// inlined, or a type of the C header in its signature.
  private var methodsShowC: Bool {
    let wrappers = plan.functions.flatMap(\.wrappers)
    if wrappers.contains(where: { !$0.arguments.contains(where: \.isStructure) }) { return true }
    let names = Set(
      plan.records.map(\.emittedName) + plan.aliasedRecords.compactMap(\.swiftName)
        + plan.callbacks.map(\.emittedName))
    return wrappers.flatMap(\.arguments).contains { argument in
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
    return selection.prefixes
      + selection.prefixes.compactMap { prefix in
        selection.twinPrefix.map { $0 + prefix }
      }
  }

  private func versionCode(_ ruleKind: inout TemplateKind) -> TemplateValue {
    let library = plan.profile.library
    guard let function = library.versionFunction, !library.versionCode.isEmpty else {
      return .absent
    }
    var kind = TemplateKind()
    return values.object(
      &kind,
      [
        "function": values.text(function),
        "rules": values.list(
          library.versionCode.map {
            values.object(
              &ruleKind,
              [
                "below": values.text($0.below.map(String.init) ?? "nil"),
                "major": values.number($0.major),
                "minor": values.number($0.minor), "patch": values.number($0.patch),
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
    return values.object(
      &kind, ["function": values.text(function), "count": values.number(library.versionCount)])
  }

  private func statusValue() -> TemplateValue {
    guard let status = plan.status else { return .absent }
    var kind = TemplateKind()
    return values.object(
      &kind,
      [
        "swiftType": values.text(status.swiftType), "success": values.number(status.success),
        "pending": values.lines(status.pending),
      ])
  }

  private func errorTextValue() -> TemplateValue {
    guard let text = plan.errorText else { return .absent }
    var kind = TemplateKind()
    return values.object(
      &kind, ["slot": values.text(text.slot), "writesText": .flag(text.writesText)])
  }

  private func lastErrorValue() -> TemplateValue {
    guard let error = plan.lastError else { return .absent }
    var kind = TemplateKind()
    return values.object(
      &kind, ["slot": values.text(error.slot), "takesHandle": .flag(error.takesHandle)])
  }

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

  // MARK: Functions

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
        "label": values.text(""),
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

  // MARK: Types

  private func enumerations() -> TemplateValue {
    var kind = TemplateKind()
    var memberKind = TemplateKind()
    return values.list(
      plan.enumerations.map { enumeration in
        values.object(
          &kind,
          [
            "cName": values.text(enumeration.cName),
            "swiftName": values.text(enumeration.swiftName),
            "rawType": values.text(enumeration.rawType),
            "doc": values.doc(enumeration.doc), "hasDoc": .flag(!enumeration.doc.isEmpty),
            "availability": values.text(enumeration.availability.text),
            "enumerators": values.list(
              enumeration.enumerators.map {
                values.object(
                  &memberKind,
                  [
                    "cName": values.text($0.cName),
                    "enumeration": values.text(enumeration.swiftName),
                    "swiftName": values.text(SwiftNames.escaped($0.swiftName)),
                    "plainName": values.text($0.swiftName),
                    "value": values.number($0.value),
                    "aliasOf": values.text($0.aliasOf.map(SwiftNames.escaped)),
                    "doc": values.doc($0.doc), "hasDoc": .flag(!$0.doc.isEmpty),
                    "availability": values.text($0.availability.text),
                    "spans": values.list($0.availability.spans.map { values.text(span($0)) }),
                  ])
              }),
          ])
      })
  }

  private func handles() -> TemplateValue {
    var kind = TemplateKind()
    return values.list(
      plan.handles.map {
        values.object(
          &kind,
          [
            "cName": values.text($0.cName), "swiftName": values.text($0.swiftName),
            "doc": values.doc($0.doc), "hasDoc": .flag(!$0.doc.isEmpty),
            "availability": values.text($0.availability.text),
          ])
      })
  }

  private func records() -> TemplateValue {
    var kind = TemplateKind()
    var offsetKind = TemplateKind()
    return values.list(
      plan.records.map { record in
        values.object(
          &kind,
          [
            "cName": values.text(record.cName), "emittedName": values.text(record.emittedName),
            "swiftName": values.text(
              plan.structures.contains { $0.cName == record.cName } ? nil : record.swiftName),
            "kind": values.text(record.kind.rawValue), "members": values.lines(record.members),
            "attributes": values.lines(record.attributes), "size": values.number(record.size),
            "alignment": values.number(record.alignment),
            "offsets": values.list(
              record.offsets.map {
                values.object(
                  &offsetKind, ["member": values.text($0.member), "bytes": values.number($0.bytes)])
              }), "doc": values.doc(record.doc), "hasDoc": .flag(!record.doc.isEmpty),
            "releases": values.text(record.releases),
          ])
      })
  }

  private func callbacks() -> TemplateValue {
    var kind = TemplateKind()
    return values.list(
      plan.callbacks.map {
        values.object(
          &kind,
          [
            "cName": values.text($0.cName), "declaration": values.text($0.declaration),
            "signature": values.text($0.signature),
          ])
      })
  }

  private func byteRecords() -> TemplateValue {
    var kind = TemplateKind()
    return values.list(
      plan.byteRecords.map {
        values.object(
          &kind, ["swiftName": values.text($0.swiftName), "size": values.number($0.size)])
      })
  }

  private func flags() -> TemplateValue {
    var kind = TemplateKind()
    var memberKind = TemplateKind()
    return values.list(
      plan.flags.map { group in
        values.object(
          &kind,
          [
            "swiftName": values.text(group.swiftName), "rawType": values.text(group.rawType),
            "prefix": values.text(group.prefix),
            "members": values.list(
              group.members.map {
                values.object(
                  &memberKind,
                  [
                    "cName": values.text($0.cName),
                    "swiftName": values.text(SwiftNames.escaped($0.swiftName)),
                    "flags": values.text(group.swiftName), "value": values.number($0.value),
                    "isZero": .flag($0.value == 0),
                    "availability": values.text($0.availability.text),
                  ])
              }),
          ])
      })
  }

  private func constants() -> TemplateValue {
    var kind = TemplateKind()
    return values.list(
      plan.constants.map {
        values.object(
          &kind,
          [
            "cName": values.text($0.cName),
            "swiftName": values.text(SwiftNames.escaped($0.swiftName)),
            "type": values.text($0.swiftType), "value": values.text($0.value),
            "declaration": values.text($0.declaration),
            "availability": values.text($0.availability.text),
          ])
      })
  }
}

// MARK: Small forms

extension TemplateContext {
  /// A Swift string literal.
  func literal(_ text: String) -> TemplateValue { self.text(StringLiteral.swift(text)) }

  /// The inside of a Swift array literal.
  func joined(_ texts: [String]) -> TemplateValue {
    text(texts.map(StringLiteral.swift).joined(separator: ", "))
  }

  /// Comment lines: what follows the `///`.
  func doc(_ lines: [String]) -> TemplateValue {
    list(lines.map { text($0.isEmpty ? "" : " \($0)") })
  }

  func range(_ range: Range<Int>) -> TemplateValue {
    text("\(range.lowerBound)..<\(range.upperBound)")
  }
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
