package import BindingPlan
import HeaderModel

/// The plan as templates see it: names of values, nothing left to decide.
///
/// The names here, and in the contexts of functions, types and structures, are what template authors
/// may rely on.
package struct PlanContext {
  private let plan: Plan
  private init(_ plan: Plan) { self.plan = plan }

  /// The value that all of a vendor's templates are printed with.
  package static func value(_ plan: Plan, in values: inout TemplateContext) -> TemplateValue {
    PlanContext(plan).root(&values)
  }

  private func root(_ values: inout TemplateContext) -> TemplateValue {
    let profile = plan.profile
    let library = profile.library
    var ruleKind = TemplateKind()
    var flavourKind = TemplateKind()
    var flavourRuleKind = TemplateKind()
    let functions = FunctionContext(plan, &values)
    let types = TypeContext(plan)
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
      "versionCode": versionCode(&ruleKind, &values),
      "versionParts": versionParts(&values),
      "noVersion": .flag(library.versionFunction == nil),
      "releases": values.list(plan.releases.map { values.text(release($0)) }),
      "flavours": values.list(
        profile.flavours.map { flavour($0, &flavourKind, &flavourRuleKind, &values) }),
      "otherSymbols": values.lines(plan.otherSymbols),
      "slots": functions.slots,
      "slotCount": values.number(plan.slots.count),
      "status": statusValue(&values),
      "errorText": errorTextValue(&values),
      "lastError": lastErrorValue(&values),
      "functions": functions.functions,
      "enumerations": types.enumerations(&values),
      "handles": types.handles(&values),
      "records": types.records(&values),
      "callbacks": types.callbacks(&values),
      "byteRecords": types.byteRecords(&values),
      "structures": StructureContext.structures(plan.structures, &values),
      "flags": types.flags(&values),
      "constants": types.constants(&values),
      "collectives": CollectiveContext.value(plan, &values),
      "hostShim": HostShimContext.value(plan, &values),
    ])
  }

  // MARK: The library

  /// Whether a method shows something of the C module to its callers: its body, where it can be
  /// inlined, or a type of the C header in its signature.
  private var methodsShowC: Bool {
    let wrappers = plan.functions.lazy.flatMap(\.wrappers)
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

  private func flavour(
    _ flavour: VendorProfile.Flavour, _ kind: inout TemplateKind, _ ruleKind: inout TemplateKind,
    _ values: inout TemplateContext
  ) -> TemplateValue {
    let rules = flavour.detect.map { rule in
      let conditions = [
        rule.exports.isEmpty ? nil : "exports: [\(literals(rule.exports))]",
        rule.lacks.isEmpty ? nil : "lacks: [\(literals(rule.lacks))]",
        rule.versionCodes.isEmpty
          ? nil : "versionCodes: [\(rule.versionCodes.map(String.init).joined(separator: ", "))]",
      ]
      let text = conditions.compactMap(\.self).joined(separator: ", ")
      return values.object(&ruleKind, ["conditions": values.text(text)])
    }
    return values.object(
      &kind,
      [
        "name": values.literal(flavour.name), "summary": values.literal(flavour.summary),
        "isUnmodelled": .flag(!plan.modelledFlavours.contains(flavour.name)),
        "hasRules": .flag(!rules.isEmpty), "detect": values.list(rules),
      ])
  }

  private func literals(_ texts: [String]) -> String {
    texts.map(StringLiteral.swift).joined(separator: ", ")
  }

  private func versionCode(
    _ ruleKind: inout TemplateKind, _ values: inout TemplateContext
  ) -> TemplateValue {
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

  private func versionParts(_ values: inout TemplateContext) -> TemplateValue {
    let library = plan.profile.library
    guard let function = library.versionFunction, library.versionCode.isEmpty else {
      return .absent
    }
    var kind = TemplateKind()
    return values.object(
      &kind, ["function": values.text(function), "count": values.number(library.versionCount)])
  }

  private func statusValue(_ values: inout TemplateContext) -> TemplateValue {
    guard let status = plan.status else { return .absent }
    var kind = TemplateKind()
    return values.object(
      &kind,
      [
        "swiftType": values.text(status.swiftType), "success": values.number(status.success),
        "pending": values.lines(status.pending),
      ])
  }

  private func errorTextValue(_ values: inout TemplateContext) -> TemplateValue {
    guard let text = plan.errorText else { return .absent }
    var kind = TemplateKind()
    return values.object(
      &kind, ["slot": values.text(text.slot), "writesText": .flag(text.writesText)])
  }

  private func lastErrorValue(_ values: inout TemplateContext) -> TemplateValue {
    guard let error = plan.lastError else { return .absent }
    var kind = TemplateKind()
    return values.object(
      &kind, ["slot": values.text(error.slot), "takesHandle": .flag(error.takesHandle)])
  }
}
