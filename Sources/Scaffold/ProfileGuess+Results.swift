import HeaderModel

extension ProfileGuess {
  /// Parameters that the library seems to write, which become what the method returns.
  ///
  /// A wrong guess costs more than a missing one: without it the method takes a pointer, as in C.
  mutating func guessResults(_ header: Header, _ table: TypeTable) {
    guard statusType != nil else { return }
    let names = Self.publicNames(header)
    for function in own(header) where isStatus(function.result, table) {
      let written = function.parameters.indices.filter { isWritten($0, of: function, table) }
        .compactMap { function.parameters[$0].name }
      // A number to fill in beside something else: room for so many, and how many there were.
      let fills = written.count > 1 && written.contains { NameWords($0).words.first == "num" }
      if !written.isEmpty, written.count < 4, !fills {
        results.append((names[function.name] ?? function.name, written))
      }
    }
    if results.isEmpty { return }
    found(
      "results", "of \(results.count) functions",
      "they take pointers that the library seems to write; check each of them")
  }

  /// Symbols to what the header's macros call them: `cuMemAlloc` of `cuMemAlloc_v2`.
  private static func publicNames(_ header: Header) -> [String: String] {
    let declared = Set(header.functions.map(\.name))
    return Dictionary(
      header.macros.filter { $0.parameters == nil && declared.contains($0.body) }
        .map { ($0.body, $0.name) }, uniquingKeysWith: { first, _ in first })
  }

  private func isWritten(_ index: Int, of function: Function, _ table: TypeTable) -> Bool {
    let parameter = function.parameters[index]
    let words = NameWords(function.name)
    guard let name = parameter.name, case .pointer(let target) = table.resolve(parameter.type),
      !table.isConst(target), !words.contains(anyOf: Self.taking),
      !isArray(index, of: function, table)
    else { return false }
    let makes = words.contains(anyOf: Self.making)
    let asks =
      words.contains(anyOf: Self.asking) || !makes && Self.askingEnds.contains(words.last)
    if let shown = table.name(of: target), table.record(target) != nil {
      // An ID is made once and handed to every rank.
      if byteRecords.contains(shown) { return asks || words.contains(anyOf: ["create", "make"]) }
      // Other records may be read as well as written: only what is called a report is returned.
      return versionedStructures.contains { $0.type == shown }
        && NameWords(shown).contains(anyOf: ["info"])
    }
    switch table.resolve(target) {
    case .scalar(let scalar):
      // Characters are a text's, whose length the caller gives.
      guard scalar.size > 1 || name.hasPrefix("out") else { return false }
      // An integer with a name of the vendor's own may be an address, or a handle.
      return asks || makes && isOwnTypedef(target, table)
    case .enumeration: return asks || makes
    case .pointer(let inner):
      if isHandle(target, table) || isText(target, table) { return true }
      // Memory that the library makes or looks up, or a table of its own.
      if table.isConst(inner) { return asks }
      switch table.resolve(inner) {
      case .void, .record, .pointer: return asks || makes
      default: return false
      }
    default: return isHandle(target, table)
    }
  }

  private static let asking: Set<String> = [
    "get", "query", "count", "version", "size", "stats", "num", "bind", "is", "can",
  ]
  /// `ncclCommUserRank` asks, `ncclCommInitRank` does not ask for a rank.
  private static let askingEnds: Set<String> = ["device", "rank", "ranks", "time"]
  private static let making: Set<String> = [
    "create", "alloc", "malloc", "register", "open", "import", "init", "map", "reserve",
  ]
  private static let taking: Set<String> = [
    "destroy", "free", "release", "finalize", "finalise", "abort", "delete", "wait", "close",
    "deregister", "unregister", "dealloc", "reset", "multi",
  ]

  /// A pointer to several values, which the caller has made room for.
  private func isArray(_ index: Int, of function: Function, _ table: TypeTable) -> Bool {
    let name = (function.parameters[index].name ?? "").lowercased()
    let words = NameWords(function.name).words
    if name.hasSuffix("list") || name.hasSuffix("array") || name.hasSuffix("vec") { return true }
    let isPlural = name.hasSuffix("s") && !["ss", "us", "is"].contains { name.hasSuffix($0) }
    let asksForCount = words.contains("num") || words.last == "count"
    if isPlural, !asksForCount { return true }
    // `ncclCommInitAll(ncclComm_t *comm, int ndev, …)`: how many follows at once.
    guard index + 1 < function.parameters.count else { return false }
    let next = function.parameters[index + 1]
    guard case .scalar = table.resolve(next.type) else { return false }
    return ["n", "ndev", "ndevs", "ndevices", "ncomm", "ncomms", "num", "count", "numdevs"]
      .contains((next.name ?? "").lowercased().filter { $0 != "_" })
  }

  private func isOwnTypedef(_ type: CType, _ table: TypeTable) -> Bool {
    guard case .typedef(let name) = type.unqualified, let typedef = table.typedef(named: name)
    else {
      return false
    }
    return !typedef.isExternal
  }

  private func isHandle(_ type: CType, _ table: TypeTable) -> Bool {
    guard case .typedef(let name) = type.unqualified, let typedef = table.typedef(named: name)
    else {
      return false
    }
    return handles.contains(name) || table.isOpaqueHandle(typedef)
  }
}
