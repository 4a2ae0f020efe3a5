import BindingPlan
import HeaderModel

/// Versioned structures as templates see them.
enum StructureContext {
  static func structures(
    _ structures: [StructurePlan], _ values: inout TemplateContext
  ) -> TemplateValue {
    var kind = TemplateKind()
    var stampKind = TemplateKind()
    return values.list(
      structures.map { structure in
        values.object(
          &kind,
          [
            "cName": values.text(structure.cName),
            "swiftName": values.text(structure.swiftName),
            "doc": values.doc(structure.doc), "hasDoc": .flag(!structure.doc.isEmpty),
            "availability": values.text(structure.availability.text),
            "fields": fields(structure.fields, &values),
            "layouts": layouts(structure.layouts, &values),
            "stamps": values.list(
              structure.stamps.map {
                values.object(
                  &stampKind,
                  [
                    "release": values.text(release($0.release)), "layout": values.number($0.layout),
                    "version": values.number($0.version),
                  ])
              }),
          ])
      })
  }

  private static func fields(
    _ fields: [StructureFieldPlan], _ values: inout TemplateContext
  ) -> TemplateValue {
    var kind = TemplateKind()
    return values.list(
      fields.enumerated().map { index, field in
        values.object(
          &kind,
          [
            "index": values.number(index),
            "cName": values.text(field.cName),
            "swiftName": values.text(SwiftNames.escaped(field.swiftName)),
            "type": values.text(field.swiftType),
            "isWrapped": .flag(field.form == .wrapped || field.form == .handle),
            "isUnsafe": .flag(field.form == .pointer),
            "isReadable": .flag(field.form == .number || field.form == .wrapped),
            "doc": values.doc(field.doc), "hasDoc": .flag(!field.doc.isEmpty),
            "availability": values.text(field.availability.text),
            "since": values.text(release(field.availability.since ?? Release(0, 0, 0))),
          ])
      })
  }

  private static func layouts(
    _ layouts: [StructureLayoutPlan], _ values: inout TemplateContext
  ) -> TemplateValue {
    var kind = TemplateKind()
    var entryKind = TemplateKind()
    return values.list(
      layouts.map { layout in
        values.object(
          &kind,
          [
            "size": values.number(layout.size), "alignment": values.number(layout.alignment),
            "entries": values.list(
              layout.entries.map { entry in
                let content =
                  switch entry.content {
                  case .field(let index): ".field(\(index))"
                  case .size: ".size"
                  case .version: ".version"
                  case .fixed: ".fixed"
                  }
                return values.object(
                  &entryKind,
                  [
                    "content": values.text(content), "offset": values.number(entry.offset),
                    "width": values.number(entry.width),
                    "initial": values.text("0x\(String(entry.initial, radix: 16))"),
                  ])
              }),
          ])
      })
  }
}
