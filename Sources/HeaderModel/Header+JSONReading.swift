extension Header {
  /// Reads the JSON form; what the file leaves out has its default.
  package init(json: [UInt8]) throws(JSONError) {
    self = try JSONReader.read(json) { (reader) throws(JSONError) in
      var header = Header(vendor: "", release: Release(0, 0, 0), target: "")
      var seen: (schema: Bool, vendor: Bool, release: Bool) = (false, false, false)
      try reader.object { (reader, key) throws(JSONError) in
        switch key {
        case "schema":
          let schema = try reader.integer(Int.self)
          guard schema <= Header.schema else {
            throw reader.error(
              "the model has schema \(schema), this bindgen-coll reads up to \(Header.schema); "
                + "use the bindgen-coll that wrote it, or read the header again")
          }
          seen.schema = true
        case "vendor":
          header.vendor = try reader.string()
          seen.vendor = true
        case "release":
          let text = try reader.string()
          guard let release = Release(text) else {
            throw reader.error("\"\(text)\" is not a release such as 2.28.3")
          }
          header.release = release
          seen.release = true
        case "flavour": header.flavour = try reader.string()
        case "target": header.target = try reader.string()
        case "defines":
          header.defines = try reader.array { (r) throws(JSONError) in try r.string() }
        case "files": header.files = try reader.array(HeaderFile.init(from:))
        case "conditions": header.conditions = try reader.array(Condition.init(from:))
        case "functions": header.functions = try reader.array(Function.init(from:))
        case "records": header.records = try reader.array(Record.init(from:))
        case "enumerations": header.enumerations = try reader.array(Enumeration.init(from:))
        case "typedefs": header.typedefs = try reader.array(Typedef.init(from:))
        case "variables": header.variables = try reader.array(Variable.init(from:))
        case "macros": header.macros = try reader.array(Macro.init(from:))
        default: throw reader.unknown(key)
        }
      }
      guard seen.schema, seen.vendor, seen.release else {
        throw reader.error("not a header model: it needs \"schema\", \"vendor\" and \"release\"")
      }
      return header
    }
  }
}

extension HeaderFile {
  fileprivate init(from reader: inout JSONReader) throws(JSONError) {
    var file = HeaderFile(name: "", digest: "")
    try reader.object { (reader, key) throws(JSONError) in
      switch key {
      case "name": file.name = try reader.string()
      case "sha256": file.digest = try reader.string()
      default: throw reader.unknown(key)
      }
    }
    self = file
  }
}

extension Condition {
  fileprivate init(from reader: inout JSONReader) throws(JSONError) {
    var condition = Condition(name: "", text: "")
    try reader.object { (reader, key) throws(JSONError) in
      switch key {
      case "name": condition.name = try reader.string()
      case "text": condition.text = try reader.string()
      default: throw reader.unknown(key)
      }
    }
    self = condition
  }
}

extension Function {
  fileprivate init(from reader: inout JSONReader) throws(JSONError) {
    var function = Function(name: "", result: .void, parameters: [])
    try reader.object { (reader, key) throws(JSONError) in
      switch key {
      case "name": function.name = try reader.string()
      case "result": function.result = try reader.type()
      case "parameters": function.parameters = try reader.array(Parameter.init(from:))
      case "noPrototype": function.hasPrototype = !(try reader.bool())
      case "variadic": function.isVariadic = try reader.bool()
      case "inline": function.isInline = try reader.bool()
      case "static": function.isStatic = try reader.bool()
      case "attributes":
        function.attributes = try reader.array { (r) throws(JSONError) in try r.string() }
      case "doc": function.doc = try reader.string()
      default: throw reader.unknown(key)
      }
    }
    self = function
  }
}

extension Parameter {
  fileprivate init(from reader: inout JSONReader) throws(JSONError) {
    var parameter = Parameter(name: nil, type: .void)
    try reader.object { (reader, key) throws(JSONError) in
      switch key {
      case "name": parameter.name = try reader.string()
      case "type": parameter.type = try reader.type()
      default: throw reader.unknown(key)
      }
    }
    self = parameter
  }
}

extension Record {
  fileprivate init(from reader: inout JSONReader) throws(JSONError) {
    var record = Record(kind: .structure, name: "", layout: nil)
    var layout = Layout(size: 0, alignment: 1, fields: [])
    var isComplete = false
    try reader.object { (reader, key) throws(JSONError) in
      switch key {
      case "kind":
        let text = try reader.string()
        guard let kind = Kind(rawValue: text) else {
          throw reader.error("\"\(text)\" is not struct or union")
        }
        record.kind = kind
      case "name": record.name = try reader.string()
      case "untagged": record.hasTag = !(try reader.bool())
      case "size":
        layout.size = try reader.integer()
        isComplete = true
      case "alignment": layout.alignment = try reader.integer()
      case "fields": layout.fields = try reader.array(Field.init(from:))
      case "attributes":
        record.attributes = try reader.array { (r) throws(JSONError) in try r.string() }
      case "external": record.isExternal = try reader.bool()
      case "doc": record.doc = try reader.string()
      default: throw reader.unknown(key)
      }
    }
    if isComplete { record.layout = layout }
    self = record
  }
}

extension Field {
  fileprivate init(from reader: inout JSONReader) throws(JSONError) {
    var field = Field(name: nil, type: .void, bitOffset: 0)
    try reader.object { (reader, key) throws(JSONError) in
      switch key {
      case "name": field.name = try reader.string()
      case "type": field.type = try reader.type()
      case "bitOffset": field.bitOffset = try reader.integer()
      case "bitWidth": field.bitWidth = try reader.integer()
      case "doc": field.doc = try reader.string()
      default: throw reader.unknown(key)
      }
    }
    self = field
  }
}

extension Enumeration {
  fileprivate init(from reader: inout JSONReader) throws(JSONError) {
    var enumeration = Enumeration(name: "", underlying: .scalar(.int), enumerators: [])
    try reader.object { (reader, key) throws(JSONError) in
      switch key {
      case "name": enumeration.name = try reader.string()
      case "untagged": enumeration.hasTag = !(try reader.bool())
      case "underlying": enumeration.underlying = try reader.type()
      case "enumerators": enumeration.enumerators = try reader.array(Enumerator.init(from:))
      case "external": enumeration.isExternal = try reader.bool()
      case "doc": enumeration.doc = try reader.string()
      default: throw reader.unknown(key)
      }
    }
    self = enumeration
  }
}

extension Enumerator {
  fileprivate init(from reader: inout JSONReader) throws(JSONError) {
    var enumerator = Enumerator(name: "", value: 0)
    try reader.object { (reader, key) throws(JSONError) in
      switch key {
      case "name": enumerator.name = try reader.string()
      case "value": enumerator.value = try reader.integer()
      case "doc": enumerator.doc = try reader.string()
      default: throw reader.unknown(key)
      }
    }
    self = enumerator
  }
}

extension Typedef {
  fileprivate init(from reader: inout JSONReader) throws(JSONError) {
    var typedef = Typedef(name: "", type: .void)
    try reader.object { (reader, key) throws(JSONError) in
      switch key {
      case "name": typedef.name = try reader.string()
      case "type": typedef.type = try reader.type()
      case "external": typedef.isExternal = try reader.bool()
      case "doc": typedef.doc = try reader.string()
      default: throw reader.unknown(key)
      }
    }
    self = typedef
  }
}

extension Variable {
  fileprivate init(from reader: inout JSONReader) throws(JSONError) {
    var variable = Variable(name: "", type: .void)
    try reader.object { (reader, key) throws(JSONError) in
      switch key {
      case "name": variable.name = try reader.string()
      case "type": variable.type = try reader.type()
      case "static": variable.isStatic = try reader.bool()
      case "attributes":
        variable.attributes = try reader.array { (r) throws(JSONError) in try r.string() }
      case "doc": variable.doc = try reader.string()
      default: throw reader.unknown(key)
      }
    }
    self = variable
  }
}

extension Macro {
  fileprivate init(from reader: inout JSONReader) throws(JSONError) {
    var macro = Macro(name: "", body: "")
    var type = CType.scalar(.int)
    try reader.object { (reader, key) throws(JSONError) in
      switch key {
      case "name": macro.name = try reader.string()
      case "parameters":
        macro.parameters = try reader.array { (r) throws(JSONError) in try r.string() }
      case "body": macro.body = try reader.string()
      case "integer": macro.value = .integer(try reader.integer(), type)
      case "floating":
        let text = try reader.string()
        guard let number = Double(text) else { throw reader.error("\"\(text)\" is not a number") }
        macro.value = .floating(number, type)
      case "string": macro.value = .string(try reader.string())
      case "type": type = try reader.type()
      default: throw reader.unknown(key)
      }
    }
    switch macro.value {
    case .integer(let number, _): macro.value = .integer(number, type)
    case .floating(let number, _): macro.value = .floating(number, type)
    default: break
    }
    self = macro
  }
}
