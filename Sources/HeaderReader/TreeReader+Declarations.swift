internal import CLibclang
internal import HeaderModel

extension TreeReader {
  func addFunction(_ cursor: CXCursor, _ position: SourcePosition) {
    let name = clang.spelling(cursor)
    noteCondition(of: name, at: position)
    let type = clang.type(cursor)
    let extent = clang.extent(cursor)
    let start = clang.offset(clang.start(extent))
    types.context = TypeReader.Context(name: name)
    var function = Function(
      name: name, result: types.read(clang.result(ofFunction: type)), parameters: [],
      hasPrototype: Int(type.kind) != CXType_FunctionNoProto)
    function.isVariadic = function.hasPrototype && clang.isVariadic(type)
    let count = clang.argumentCount(cursor) ?? 0
    function.parameters.reserveCapacity(count)
    for index in 0..<count {
      let argument = clang.argument(cursor, index)
      let name = clang.spelling(argument)
      function.parameters.append(
        Parameter(name: name.isEmpty ? nil : name, type: types.read(clang.type(argument))))
    }
    takeNewTypes()
    function.isStatic = clang.isStatic(cursor)
    let body = FunctionBody(files.own[position.file], after: clang.offset(clang.end(extent)))
    function.isInline = clang.isInline(cursor) || body != .none
    if body == .unfinished { unfinished = (name, position) }
    if clang.hasAttributes(cursor) { function.attributes = attributes(of: cursor, position) }
    // To clang this one is a part of the type.
    if function.result == .void, !function.attributes.contains("noreturn"),
      clang.spelling(type).contains("noreturn")
    {
      function.attributes.append("noreturn")
    }
    if keepsDocumentation { function.doc = Comments(files.own[position.file]).leading(start) }
    if let unsupported = function.firstUnsupported {
      report(
        .warning, position,
        "\(name) uses the type \(unsupported), which has no binding",
        rule: "unsupported-type")
    }
    guard let index = functionIndices[name] else {
      functionIndices[name] = header.functions.count
      header.functions.append(function)
      return
    }
    header.functions[index].merge(function)
  }

  func addVariable(_ cursor: CXCursor, _ position: SourcePosition) {
    let name = clang.spelling(cursor)
    noteCondition(of: name, at: position)
    types.context = TypeReader.Context(name: name)
    var variable = Variable(name: name, type: types.read(clang.type(cursor)))
    takeNewTypes()
    variable.isStatic = clang.isStatic(cursor)
    if clang.hasAttributes(cursor) { variable.attributes = attributes(of: cursor, position) }
    variable.doc = doc(of: cursor, position)
    if let unsupported = variable.type.firstUnsupported {
      report(
        .warning, position,
        "\(name) has the type \(unsupported), which has no binding",
        rule: "unsupported-type")
    }
    guard let index = variableIndices[name] else {
      variableIndices[name] = header.variables.count
      header.variables.append(variable)
      return
    }
    header.variables[index].merge(variable)
  }

  func addTypedef(_ cursor: CXCursor, _ position: SourcePosition) {
    let name = clang.spelling(cursor)
    // C11 allows repeating a typedef.
    noteCondition(of: name, at: position)
    guard typedefNames.insert(name).inserted else { return }
    types.context = TypeReader.Context(name: name)
    let type = types.read(clang.underlyingType(ofTypedef: cursor))
    takeNewTypes()
    header.typedefs.append(Typedef(name: name, type: type, doc: doc(of: cursor, position)))
    if let unsupported = type.firstUnsupported {
      report(
        .warning, position,
        "\(name) stands for the type \(unsupported), which has no binding",
        rule: "unsupported-type")
    }
    if clang.hasAttributes(cursor) {
      for attribute in attributes(of: cursor, position) where attribute.hasPrefix("aligned") {
        report(
          .warning,
          position, "\(name) has the attribute \(attribute), which the model cannot hold",
          rule: "typedef-attribute")
      }
    }
  }

  func doc(of cursor: CXCursor, _ position: SourcePosition) -> String? {
    guard keepsDocumentation else { return nil }
    let start = clang.offset(clang.start(clang.extent(cursor)))
    return Comments(files.own[position.file]).leading(start)
  }
}

extension Function {
  /// Takes over what a later declaration of the same function adds.
  fileprivate mutating func merge(_ other: Function) {
    if !hasPrototype, other.hasPrototype {
      hasPrototype = true
      (result, parameters, isVariadic) = (other.result, other.parameters, other.isVariadic)
    } else if parameters.count == other.parameters.count {
      for index in parameters.indices where parameters[index].name == nil {
        parameters[index].name = other.parameters[index].name
      }
    }
    isInline = isInline || other.isInline
    isStatic = isStatic || other.isStatic
    for attribute in other.attributes where !attributes.contains(attribute) {
      attributes.append(attribute)
    }
    doc = doc ?? other.doc
  }

  fileprivate var firstUnsupported: String? {
    for parameter in parameters {
      if let unsupported = parameter.type.firstUnsupported { return unsupported }
    }
    return result.firstUnsupported
  }
}

extension Variable {
  /// Takes over what a later declaration of the same variable adds, such as an array's size.
  fileprivate mutating func merge(_ other: Variable) {
    if case .array(_, nil) = type { type = other.type }
    isStatic = isStatic || other.isStatic
    for attribute in other.attributes where !attributes.contains(attribute) {
      attributes.append(attribute)
    }
    doc = doc ?? other.doc
  }
}

extension CType {
  /// The first part of the type that this compiler does not bind.
  var firstUnsupported: String? {
    switch self {
    case .unsupported(let spelling): return spelling
    case .pointer(let type), .array(let type, _), .qualified(let type, _):
      return type.firstUnsupported
    case .function(let result, let parameters, _):
      for parameter in parameters {
        if let unsupported = parameter.firstUnsupported { return unsupported }
      }
      return result.firstUnsupported
    case .void, .scalar, .record, .enumeration, .typedef: return nil
    }
  }
}
