import BindingPlan
import HeaderModel

/// Versioned structures as templates see them.
enum StructureContext {
  static func values(_ structures: [StructurePlan]) -> TemplateValue {
    var kind = TemplateKind()
    var stampKind = TemplateKind()
    return .list(
      structures.map { structure in
        kind.object([
          "cName": .text(structure.cName),
          "swiftName": .text(structure.swiftName),
          "doc": doc(structure.doc), "hasDoc": .flag(!structure.doc.isEmpty),
          "availability": .text(structure.availability.text),
          "fields": fields(structure.fields),
          "layouts": layouts(structure.layouts),
          "stamps": .list(
            structure.stamps.map {
              stampKind.object([
                "release": .text(release($0.release)), "layout": .number($0.layout),
                "version": .number($0.version),
              ])
            }),
        ])
      })
  }

  private static func fields(_ fields: [StructureFieldPlan]) -> TemplateValue {
    var kind = TemplateKind()
    return .list(
      fields.enumerated().map { index, field in
        kind.object([
          "index": .number(index),
          "cName": .text(field.cName),
          "swiftName": .text(SwiftNames.escaped(field.swiftName)),
          "type": .text(field.swiftType),
          "isWrapped": .flag(field.form == .wrapped || field.form == .handle),
          "isUnsafe": .flag(field.form == .pointer),
          "isReadable": .flag(field.form == .number || field.form == .wrapped),
          "doc": doc(field.doc), "hasDoc": .flag(!field.doc.isEmpty),
          "availability": .text(field.availability.text),
          "since": .text(release(field.availability.since ?? Release(0, 0, 0))),
        ])
      })
  }

  private static func layouts(_ layouts: [StructureLayoutPlan]) -> TemplateValue {
    var kind = TemplateKind()
    var entryKind = TemplateKind()
    return .list(
      layouts.map { layout in
        kind.object([
          "size": .number(layout.size), "alignment": .number(layout.alignment),
          "entries": .list(
            layout.entries.map { entry in
              let content =
                switch entry.content {
                case .field(let index): ".field(\(index))"
                case .size: ".size"
                case .version: ".version"
                case .fixed: ".fixed"
                }
              return entryKind.object([
                "content": .text(content), "offset": .number(entry.offset),
                "width": .number(entry.width),
                "initial": .text("0x\(String(entry.initial, radix: 16))"),
              ])
            }),
        ])
      })
  }
}
