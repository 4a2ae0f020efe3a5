// How each part of the model is written. Reading is in Header+JSONReading.swift; the tests hold the
// two together: read(write(header)) == header.

extension Header {
  /// The canonical JSON form.
  package func json() -> [UInt8] {
    var writer = JSONWriter(reservingCapacity: estimatedSize)
    writer.object { writer in
      writer.field("schema", Self.schema)
      writer.field("vendor", vendor)
      writer.field("release", release.description)
      writer.field("flavour", flavour)
      writer.field("target", target)
      writer.strings("defines", defines)
      writer.list("files", files) { writer, file in
        writer.object(inline: true) {
          $0.field("name", file.name)
          $0.field("sha256", file.digest)
        }
      }
      writer.list("conditions", conditions) { writer, condition in
        writer.object(inline: true) {
          $0.field("name", condition.name)
          $0.field("text", condition.text)
        }
      }
      writer.list("functions", functions) { $1.write(to: &$0) }
      writer.list("records", records) { $1.write(to: &$0) }
      writer.list("enumerations", enumerations) { $1.write(to: &$0) }
      writer.list("typedefs", typedefs) { $1.write(to: &$0) }
      writer.list("variables", variables) { $1.write(to: &$0) }
      writer.list("macros", macros) { $1.write(to: &$0) }
    }
    return writer.finish()
  }

  /// In bytes, rather too many: memory that is not written costs nothing, while moving a megabyte
  /// of half-written text does.
  private var estimatedSize: Int {
    var size = 4096 + (typedefs.count + variables.count + macros.count) * 256
    for function in functions {
      size += 256 + function.parameters.count * 128 + (function.doc?.utf8.count ?? 0) * 5 / 4
    }
    for record in records {
      size += 256 + (record.doc?.utf8.count ?? 0) * 5 / 4
      for field in record.layout?.fields ?? [] {
        size += 192 + (field.doc?.utf8.count ?? 0) * 5 / 4
      }
    }
    for enumeration in enumerations {
      size += 256 + (enumeration.doc?.utf8.count ?? 0) * 5 / 4
      for enumerator in enumeration.enumerators {
        size += 192 + (enumerator.doc?.utf8.count ?? 0) * 5 / 4
      }
    }
    return size
  }
}

extension Function {
  fileprivate func write(to writer: inout JSONWriter) {
    writer.object { writer in
      writer.field("name", name)
      writer.field("result", result.description)
      writer.list("parameters", parameters) { writer, parameter in
        writer.object(inline: true) {
          $0.field("name", parameter.name)
          $0.field("type", parameter.type.description)
        }
      }
      writer.flag("noPrototype", !hasPrototype)
      writer.flag("variadic", isVariadic)
      writer.flag("inline", isInline)
      writer.flag("static", isStatic)
      writer.strings("attributes", attributes)
      writer.field("doc", doc)
    }
  }
}

extension Record {
  fileprivate func write(to writer: inout JSONWriter) {
    writer.object { writer in
      writer.field("kind", kind.rawValue)
      writer.field("name", name)
      writer.flag("untagged", !hasTag)
      if let layout {
        writer.field("size", layout.size)
        writer.field("alignment", layout.alignment)
        writer.key("fields")
        writer.array(layout.fields) { writer, field in
          writer.object(inline: true) {
            $0.field("name", field.name)
            $0.field("type", field.type.description)
            $0.field("bitOffset", field.bitOffset)
            if let bitWidth = field.bitWidth { $0.field("bitWidth", bitWidth) }
            $0.field("doc", field.doc)
          }
        }
      }
      writer.strings("attributes", attributes)
      writer.flag("external", isExternal)
      writer.field("doc", doc)
    }
  }
}

extension Enumeration {
  fileprivate func write(to writer: inout JSONWriter) {
    writer.object { writer in
      writer.field("name", name)
      writer.flag("untagged", !hasTag)
      writer.field("underlying", underlying.description)
      writer.list("enumerators", enumerators) { writer, enumerator in
        writer.object(inline: true) {
          $0.field("name", enumerator.name)
          $0.field("value", enumerator.value)
          $0.field("doc", enumerator.doc)
        }
      }
      writer.flag("external", isExternal)
      writer.field("doc", doc)
    }
  }
}

extension Typedef {
  fileprivate func write(to writer: inout JSONWriter) {
    writer.object(inline: doc == nil) { writer in
      writer.field("name", name)
      writer.field("type", type.description)
      writer.flag("external", isExternal)
      writer.field("doc", doc)
    }
  }
}

extension Variable {
  fileprivate func write(to writer: inout JSONWriter) {
    writer.object(inline: doc == nil) { writer in
      writer.field("name", name)
      writer.field("type", type.description)
      writer.flag("static", isStatic)
      writer.strings("attributes", attributes)
      writer.field("doc", doc)
    }
  }
}

extension Macro {
  fileprivate func write(to writer: inout JSONWriter) {
    writer.object(inline: true) { writer in
      writer.field("name", name)
      if let parameters {
        writer.key("parameters")
        writer.array(parameters, inline: true) { $0.string($1) }
      }
      writer.field("body", body)
      switch value {
      case .integer(let number, let type):
        writer.field("integer", number)
        writer.field("type", type.description)
      case .floating(let number, let type):
        writer.field("floating", number.description)
        writer.field("type", type.description)
      case .string(let text): writer.field("string", text)
      case nil: break
      }
    }
  }
}
