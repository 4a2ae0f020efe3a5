import HeaderModel

extension ProfileGuess {
  /// The enumeration that most functions return.
  mutating func guessStatus(_ header: Header, _ table: TypeTable) {
    let functions = own(header)
    var counts: [String: Int] = [:]
    for function in functions {
      guard let enumeration = table.enumeration(function.result), !enumeration.isExternal,
        let name = table.name(of: function.result)
      else { continue }
      counts[name, default: 0] += 1
    }
    guard let (name, count) = counts.max(by: { ($0.value, $1.key) < ($1.value, $0.key) }),
      count * 3 >= functions.count, let enumeration = Self.enumeration(name, table)
    else {
      let integers = functions.count { table.resolve($0.result) == .scalar(.int) }
      found(
        "status type", nil,
        integers * 2 > functions.count
          ? "\(integers) functions return int, and no enumeration says what its values mean: the "
            + "methods return the number unchecked"
          : "no enumeration is returned by most functions: nothing is checked; if one is the "
            + "status, write it under status:")
      return
    }
    let zeros = enumeration.enumerators.filter { $0.value == 0 }.map(\.name)
    let words: Set<String> = ["success", "ok", "none"]
    guard let zero = zeros.first(where: { NameWords($0).contains(anyOf: words) }) ?? zeros.first
    else {
      found(
        "status type", nil,
        "\(count) functions return \(name), which has no 0; write status: type: and success:")
      return
    }
    statusType = name
    success = zero
    found("status type", name, "\(count) of \(functions.count) functions return it")
    found("success", zero, "it is 0")
    pending = enumeration.enumerators.map(\.name).filter {
      let words = NameWords($0).words
      return zip(words, words.dropFirst()).contains { $0 == ("in", "progress") }
        || words.contains("inprogress")
    }
    if pending.isEmpty {
      found(
        "not finished yet", nil,
        "no value is called so; if one means \"accepted, not finished\", write it under status: "
          + "pending:")
    } else {
      found("not finished yet", pending.joined(separator: ", "), "by the name")
    }
  }

  private static func enumeration(_ name: String, _ table: TypeTable) -> Enumeration? {
    table.enumeration(.typedef(name)) ?? table.enumeration(.enumeration(name))
  }

  func isStatus(_ type: CType, _ table: TypeTable) -> Bool {
    statusType != nil && table.enumeration(type) != nil && table.name(of: type) == statusType
  }

  /// The functions that put an error into words.
  mutating func guessErrorFunctions(_ header: Header, _ table: TypeTable) {
    let functions = own(header)
    let texts = functions.filter { isErrorText($0, table) }
    // Beside the text of an error there may be its name.
    errorText =
      (texts.first { NameWords($0.name).contains(anyOf: ["string", "message", "text"]) }
      ?? texts.first)?.name
    if let errorText {
      found("error text", errorText, "it makes text of a status")
    } else {
      found(
        "error text", nil,
        "no function makes text of a status; if one does, write it under library: errorText:")
    }
    lastError =
      functions.first { function in
        let words = NameWords(function.name).words
        return isText(function.result, table) && function.parameters.count <= 1
          && function.parameters.allSatisfy { isPointer($0.type, table) }
          && zip(words, words.dropFirst()).contains { $0 == ("last", "error") }
      }?.name
    if let lastError { found("last error", lastError, "by the name, and it returns text") }
  }

  /// `const char *f(status)`, or `status f(status, const char **)`.
  private func isErrorText(_ function: Function, _ table: TypeTable) -> Bool {
    guard let first = function.parameters.first, isStatus(first.type, table) else { return false }
    switch function.parameters.count {
    case 1: return isText(function.result, table)
    case 2:
      guard isStatus(function.result, table),
        case .pointer(let target) = table.resolve(function.parameters[1].type)
      else { return false }
      return isText(target, table)
    default: return false
    }
  }

  func isText(_ type: CType, _ table: TypeTable) -> Bool {
    guard case .pointer(let target) = table.resolve(type) else { return false }
    return table.isConst(target) && table.resolve(target) == .scalar(.char)
  }

  private func isPointer(_ type: CType, _ table: TypeTable) -> Bool {
    if case .pointer = table.resolve(type) { true } else { false }
  }
}
