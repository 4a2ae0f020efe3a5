internal import CLibclang
internal import HeaderModel

extension TreeReader {
  /// Sorts what the last types led to: the header's own unnamed records and enumerations are read
  /// now, its tagged ones where they stand, and others at the end if they are needed.
  func takeNewTypes() {
    // Reading one of them may lead to more, which are then taken there.
    let newlyTagged = types.newlyTagged
    types.newlyTagged.removeAll(keepingCapacity: true)
    for tagged in newlyTagged {
      let isOwn =
        files.position(of: clang.location(clang.definition(tagged.cursor) ?? tagged.cursor))
        != nil
      if !isOwn {
        externalTagged[tagged.key] = tagged
      } else if tagged.hasTag {
        awaited.append(tagged)
      } else {
        declare(tagged)
      }
    }
    for typedef in types.newTypedefs
    where files.position(of: clang.location(typedef.cursor)) == nil {
      externalTypedefs[typedef.name] = typedef.cursor
    }
    types.newTypedefs.removeAll(keepingCapacity: true)
  }

  /// Puts one of the header's own records or enumerations into the model, once: where it is
  /// defined, or where it is first declared if it never is.
  func declare(_ tagged: TypeReader.Tagged) {
    let definition = clang.definition(tagged.cursor)
    guard let position = files.position(of: clang.location(definition ?? tagged.cursor)) else {
      return
    }
    guard taggedNames.insert(tagged.key).inserted else {
      if tagged.hasTag == untaggedNames.contains(tagged.key) { reportCollision(tagged, position) }
      return
    }
    if !tagged.hasTag { untaggedNames.insert(tagged.key) }
    noteCondition(of: tagged.name, at: position)
    let cursor = definition ?? tagged.cursor
    if Int(cursor.kind) == CXCursor_EnumDecl {
      header.enumerations.append(enumeration(tagged, cursor, position))
    } else {
      header.records.append(record(tagged, cursor, position, isComplete: definition != nil))
    }
  }

  /// C keeps tags and typedefs apart, the model's names do not: one of the two would be lost.
  private func reportCollision(_ tagged: TypeReader.Tagged, _ position: SourcePosition) {
    guard collidingNames.insert(tagged.key).inserted else { return }
    report(
      .error, position,
      "\(tagged.name) is a tag, and the typedef of another declaration that has no tag",
      rule: "name-collision", help: "give the one without a tag a tag of its own")
  }

  private func record(
    _ tagged: TypeReader.Tagged, _ cursor: CXCursor, _ position: SourcePosition, isComplete: Bool
  ) -> Record {
    var record = Record(
      kind: Int(cursor.kind) == CXCursor_UnionDecl ? .union : .structure, name: tagged.name,
      hasTag: tagged.hasTag, layout: nil)
    record.doc = doc(of: cursor, position)
    guard isComplete else { return record }
    if clang.hasAttributes(cursor) { record.attributes = attributes(of: cursor, position) }
    // Records and enumerations in the braces that have a name of their own are visible outside.
    clang.visitChildren(cursor) { child in
      switch Int(child.kind) {
      case CXCursor_StructDecl, CXCursor_UnionDecl, CXCursor_EnumDecl: addTagged(child)
      default: break
      }
    }
    record.layout = layout(of: cursor, tagged, position)
    return record
  }

  /// The size and the fields. With a position, of a record of the header's own.
  func layout(
    of cursor: CXCursor, _ tagged: TypeReader.Tagged, _ position: SourcePosition?
  ) -> Record.Layout? {
    let type = clang.type(cursor)
    guard let size = clang.size(type), let alignment = clang.alignment(type) else { return nil }
    var fields: [Field] = []
    var unnamed = 0
    var isReported = false
    clang.visitFields(type) { field in
      let width = clang.bitWidth(ofField: field)
      let spelling = clang.spelling(field)
      // Some libclangs describe an anonymous member instead of leaving its name empty.
      let name = spelling.utf8.allSatisfy(isIdentifierByte) && !spelling.isEmpty ? spelling : nil
      let path = "\(tagged.name)::\(name ?? String(unnamed))"
      if name == nil, width == nil { unnamed += 1 }
      types.context = TypeReader.Context(name: path, first: path)
      let fieldType = clang.type(field)
      var read = Field(
        name: name,
        type: position == nil ? types.lookUp(clang.canonical(fieldType)) : types.read(fieldType),
        bitOffset: clang.bitOffset(ofField: field), bitWidth: width)
      takeNewTypes()
      if let position {
        read.doc = doc(ofMember: field)
        if let name { noteCondition(ofMember: field, named: "\(tagged.name).\(name)") }
        if !isReported, let unsupported = read.type.firstUnsupported {
          isReported = true
          report(
            .warning, files.position(of: clang.location(field)) ?? position,
            "\(tagged.name) has a field of the type \(unsupported), which has no binding",
            rule: "unsupported-type")
        }
      }
      fields.append(read)
    }
    return Record.Layout(size: size, alignment: alignment, fields: fields)
  }

  private func enumeration(
    _ tagged: TypeReader.Tagged, _ cursor: CXCursor, _ position: SourcePosition
  ) -> Enumeration {
    let underlying = types.lookUp(clang.canonical(clang.integerType(ofEnumeration: cursor)))
    var isSigned = true
    if case .scalar(let scalar) = underlying { isSigned = scalar.isSigned }
    var enumeration = Enumeration(
      name: tagged.name, hasTag: tagged.hasTag, underlying: underlying, enumerators: [],
      doc: doc(of: cursor, position))
    clang.visitChildren(cursor) { child in
      guard Int(child.kind) == CXCursor_EnumConstantDecl else { return }
      noteCondition(ofMember: child, named: clang.spelling(child))
      enumeration.enumerators.append(
        Enumerator(
          name: clang.spelling(child),
          value: clang.value(ofEnumerator: child, isSigned: isSigned),
          doc: doc(ofMember: child)))
    }
    return enumeration
  }

  /// A field's or an enumerator's comment: what stands above it, then what stands after it.
  private func doc(ofMember cursor: CXCursor) -> String? {
    guard keepsDocumentation else { return nil }
    let extent = clang.extent(cursor)
    // Members may come from a file that the declaration includes between its braces.
    guard let start = files.position(of: clang.start(extent)) else { return nil }
    let comments = Comments(files.own[start.file])
    let above = comments.leading(start.offset)
    let after = comments.trailing(clang.offset(clang.end(extent)))
    guard let above, let after else { return above ?? after }
    return above + "\n" + after
  }
}
