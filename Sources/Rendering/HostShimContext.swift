import BindingPlan
import HeaderModel

/// The host shim as templates see it.
struct HostShimContext {
  private let plan: Plan
  private let shim: HostShimPlan

  static func value(_ plan: Plan, _ values: inout TemplateContext) -> TemplateValue {
    guard let shim = plan.hostShim else { return .absent }
    return HostShimContext(plan: plan, shim: shim).root(&values)
  }

  private func root(_ values: inout TemplateContext) -> TemplateValue {
    let id = plan.collectives?.uniqueID
    let emitted = plan.records.first { $0.cName == id?.cName }?.emittedName
    return values.object([
      "name": values.text(literalName),
      "release": values.text("\(shim.release)"),
      "versionCode": values.number(shim.versionCode ?? 0),
      "uniqueIDType": values.text(emitted),
      "functions": functions(&values),
      "codes": codes(&values),
      "layouts": layouts(&values),
    ])
  }

  /// One line without control characters, which the profile was held to.
  private var literalName: String {
    plan.profile.displayName.replacing("\\", with: "\\\\").replacing("\"", with: "\\\"")
  }

  private func functions(_ values: inout TemplateContext) -> TemplateValue {
    var kind = TemplateKind()
    var formKind = TemplateKind()
    var fieldKind = TemplateKind()
    return values.list(
      shim.functions.map { function in
        let forms = function.forms.indices.map { index in
          form(function, index, &formKind, &fieldKind, &values)
        }
        return values.object(
          &kind,
          [
            "symbol": values.text(function.symbol), "forms": values.list(forms),
            "isChoice": .flag(forms.count > 1),
          ])
      })
  }

  private func form(
    _ function: HostFunctionPlan, _ index: Int, _ kind: inout TemplateKind,
    _ fieldKind: inout TemplateKind, _ values: inout TemplateContext
  ) -> TemplateValue {
    let form = function.forms[index]
    let parameters = form.parameters.map { "\($0.type) \($0.name)" }.joined(separator: ", ")
    let condition = form.macro.map { "\(index == 0 ? "#if" : "#elif") defined(\($0))" }
    return values.object(
      &kind,
      [
        "condition": values.text(condition ?? (index > 0 ? "#else" : nil)),
        "signature": values.text(plan.slots[form.slot].signature),
        "result": values.text(plan.slots[form.slot].resultType),
        "parameters": values.text(parameters.isEmpty ? "void" : parameters),
        "call": values.text(form.call), "unused": values.lines(form.unused),
        "fields": values.list(
          form.fields.map {
            values.object(
              &fieldKind,
              ["name": values.text($0.name), "expression": values.text($0.expression)])
          }),
      ])
  }

  private func codes(_ values: inout TemplateContext) -> TemplateValue {
    var kind = TemplateKind()
    var memberKind = TemplateKind()
    return values.list(
      shim.codes.map { codes in
        values.object(
          &kind,
          [
            "kind": values.text(codes.kind),
            "members": values.list(
              codes.members.map {
                values.object(
                  &memberKind,
                  [
                    "value": values.number($0.value), "symbol": values.text($0.symbol),
                    "name": values.text($0.name),
                  ])
              }),
          ])
      })
  }

  private func layouts(_ values: inout TemplateContext) -> TemplateValue {
    var kind = TemplateKind()
    var fieldKind = TemplateKind()
    return values.list(
      shim.layouts.map { layout in
        values.object(
          &kind,
          [
            "bytes": values.number(layout.bytes),
            "fields": values.list(
              layout.fields.map {
                values.object(
                  &fieldKind,
                  [
                    "name": values.text($0.name), "offset": values.number($0.offset),
                    "width": values.number($0.width),
                    "initial": values.text("0x\(String($0.initial, radix: 16))"),
                  ])
              }),
          ])
      })
  }
}
