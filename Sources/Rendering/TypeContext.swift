import BindingPlan
import HeaderModel

/// Types and constants as templates see them.
struct TypeContext {
  private let plan: Plan

  init(_ plan: Plan) { self.plan = plan }

  /// Items, because a header may have thousands of enumerators.
  func enumerations(_ values: inout TemplateContext) -> TemplateValue {
    let enumerations = plan.enumerations
    var numbering = Numbering()
    for enumeration in enumerations { numbering.add(enumeration.enumerators.count) }
    let memberKind = Self.enumeratorKind(enumerations, numbering, &values)
    let kind = values.items([
      "cName": .text { enumerations[$0].cName },
      "swiftName": .text { enumerations[$0].swiftName },
      "rawType": .text { enumerations[$0].rawType },
      "doc": .value { $0.doc(enumerations[$1].doc) },
      "hasDoc": .flag { !enumerations[$0].doc.isEmpty },
      "availability": .text { enumerations[$0].availability.text },
      "enumerators": .value { [numbering] in $0.list(memberKind, numbering.numbers(of: $1)) },
    ])
    return values.list(kind, enumerations.indices)
  }

  private static func enumeratorKind(
    _ enumerations: [EnumerationPlan], _ numbering: Numbering, _ values: inout TemplateContext
  ) -> TemplateItemKind {
    func enumerator(_ number: Int) -> EnumeratorPlan {
      enumerations[numbering.owner(of: number)].enumerators[numbering.index(of: number)]
    }
    return values.items([
      "cName": .text { enumerator($0).cName },
      "enumeration": .text { enumerations[numbering.owner(of: $0)].swiftName },
      "swiftName": .text { SwiftNames.escaped(enumerator($0).swiftName) },
      "plainName": .text { enumerator($0).swiftName },
      "value": .text { String(enumerator($0).value) },
      "aliasOf": .text { enumerator($0).aliasOf.map(SwiftNames.escaped) },
      "doc": .value { $0.doc(enumerator($1).doc) },
      "hasDoc": .flag { !enumerator($0).doc.isEmpty },
      "availability": .text { enumerator($0).availability.text },
      "spans": .value { values, number in
        values.list(enumerator(number).availability.spans.map { values.text(span($0)) })
      },
    ])
  }

  func handles(_ values: inout TemplateContext) -> TemplateValue {
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

  func records(_ values: inout TemplateContext) -> TemplateValue {
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

  func callbacks(_ values: inout TemplateContext) -> TemplateValue {
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

  func byteRecords(_ values: inout TemplateContext) -> TemplateValue {
    var kind = TemplateKind()
    return values.list(
      plan.byteRecords.map {
        values.object(
          &kind, ["swiftName": values.text($0.swiftName), "size": values.number($0.size)])
      })
  }

  func flags(_ values: inout TemplateContext) -> TemplateValue {
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

  func constants(_ values: inout TemplateContext) -> TemplateValue {
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
