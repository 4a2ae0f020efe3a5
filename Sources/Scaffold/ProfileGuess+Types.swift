import HeaderModel

extension ProfileGuess {
  /// Handles that look like plain pointers. Pointers to hidden structs need no line.
  mutating func guessHandles(_ header: Header, _ table: TypeTable) {
    let used = Set(
      own(header).flatMap(\.parameters).compactMap { parameter -> String? in
        if case .typedef(let name) = parameter.type.unqualified { name } else { nil }
      })
    for typedef in header.typedefs
    where used.contains(typedef.name) && typedef.type.unqualified == .pointer(.void) {
      handles.append(typedef.name)
    }
    if !handles.isEmpty {
      found("handles", handles.joined(separator: ", "), "typedefs of void * that functions take")
    }
  }

  /// Records that are nothing but bytes, such as a unique ID.
  mutating func guessByteRecords(_ header: Header, _ table: TypeTable) {
    for record in header.records where !record.isExternal {
      guard let layout = record.layout, layout.fields.count == 1,
        case .array(let element, .some(let count)) = table.resolve(layout.fields[0].type),
        case .scalar(let scalar) = table.resolve(element), scalar.size == 1
      else { continue }
      let name = table.name(of: .record(record.kind, record.name)) ?? record.name
      byteRecords.append(name)
      found("bytes to hand around", name, "its only field is an array of \(count)")
    }
  }

  /// Records that carry their own size or version, and their initialisers.
  mutating func guessVersionedStructures(_ header: Header, _ table: TypeTable) {
    for record in header.records where !record.isExternal {
      guard let layout = record.layout else { continue }
      let names = layout.fields.compactMap(\.name)
      let size = names.first { $0 == "size" || $0 == "structSize" || $0 == "struct_size" }
      let version = names.first { $0 == "version" }
      guard size != nil, version != nil else { continue }
      let type = table.name(of: .record(record.kind, record.name)) ?? record.name
      let macros = header.macros.filter {
        $0.parameters == nil && $0.body.hasPrefix("{") && $0.body.contains(record.name)
          || $0.parameters == nil && $0.body.hasPrefix("{") && $0.body.contains(type)
      }
      guard let initializer = macros.first else {
        found(
          "versioned structure", nil,
          "\(type) has a size and a version, and no macro that initialises it was found")
        continue
      }
      versionedStructures.append(
        VersionedStructure(
          type: type, initializer: initializer.name, size: size,
          magic: names.first { $0 == "magic" }, version: version))
      found("versioned structure", type, "it has a size and a version; \(initializer.name)")
    }
  }

  /// Parameters that the library seems to write, which become what the method returns.
  mutating func guessResults(_ header: Header, _ table: TypeTable) {
    guard statusType != nil else { return }
    for function in own(header) where function.result.unqualified == .typedef(statusType ?? "") {
      // Sent and received data goes by void *; arrays of the caller's are const.
      let written = function.parameters.compactMap { parameter -> String? in
        guard let name = parameter.name, isWritten(parameter.type, table),
          isProducer(function.name) || isHandle(parameter.type, table)
        else { return nil }
        return name
      }
      if !written.isEmpty, written.count < 4 { results.append((function.name, written)) }
    }
    if !results.isEmpty {
      found(
        "results", "\(results.count) functions",
        "they take pointers that the library seems to write; check each of them")
    }
  }

  private func isProducer(_ function: String) -> Bool {
    let name = function.lowercased()
    return ["get", "count", "rank", "device", "query", "create", "init", "version", "size"]
      .contains { name.contains($0) }
  }

  private func isWritten(_ type: CType, _ table: TypeTable) -> Bool {
    guard case .pointer(let target) = table.resolve(type), !table.isConst(target) else {
      return false
    }
    switch table.resolve(target) {
    case .scalar(let scalar): return scalar != .char
    case .enumeration: return true
    case .pointer: return isHandle(type, table)
    case .record(_, let name):
      let shown = table.name(of: target) ?? name
      return byteRecords.contains(shown)
    default: return false
    }
  }

  /// A pointer to a handle.
  private func isHandle(_ type: CType, _ table: TypeTable) -> Bool {
    guard case .pointer(let target) = table.resolve(type),
      case .typedef(let name) = target.unqualified, let typedef = table.typedef(named: name)
    else { return false }
    return handles.contains(name) || table.isOpaqueHandle(typedef)
  }
}
