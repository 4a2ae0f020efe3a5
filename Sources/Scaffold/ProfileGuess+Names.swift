import HeaderModel

extension ProfileGuess {
  /// The beginning that most functions share.
  mutating func guessPrefixes(_ header: Header) {
    let names = header.functions.filter { !$0.isInline && !$0.isStatic }.map(\.name)
    var counts: [String: Int] = [:]
    for name in names {
      if let prefix = Self.prefix(of: name) { counts[prefix, default: 0] += 1 }
    }
    if counts.isEmpty, let shared = Self.sharedBeginning(names) { counts[shared] = names.count }
    let ordered = counts.sorted { ($1.value, $0.key) < ($0.value, $1.key) }
    guard let (first, _) = ordered.first else {
      found(
        "prefix", nil,
        names.isEmpty
          ? "the header declares no function of a library: is it the right one?"
          : "the functions share no beginning; write theirs under functions: prefixes:")
      return
    }
    // pncclX beside ncclX: whichever is counted more often, the longer one is the twins'.
    let declared = Set(names)
    var chosen = first
    for (other, _) in ordered where other.utf8.count == first.utf8.count - 1 {
      if first.hasSuffix(other), Self.doubled(other, by: String(first.prefix(1)), declared) {
        chosen = other
      }
    }
    prefixes = [chosen]
    found("prefix", chosen, "\(counts[chosen] ?? 0) of \(names.count) functions begin with it")
    let marks = ordered.map(\.key).filter { $0 != chosen && $0.hasSuffix(chosen) }
    for mark in marks.map({ String($0.dropLast(chosen.utf8.count)) })
    where twinPrefix == nil && mark.utf8.count <= 2 && Self.doubled(chosen, by: mark, declared) {
      twinPrefix = mark
    }
    let others = ordered.filter { prefix, count in
      prefix != chosen && prefix != (twinPrefix ?? "") + chosen && count > 1
    }
    if !others.isEmpty {
      let text = others.prefix(5).map { "\($0.key) (\($0.value))" }.joined(separator: ", ")
      found(
        "other prefixes", nil,
        "functions begin with \(text) too: add under functions: prefixes: those that are the vendor's"
      )
    }
  }

  /// Most of a prefix's functions have one more with a letter in front.
  private static func doubled(_ prefix: String, by mark: String, _ names: Set<String>) -> Bool {
    let originals = names.filter { $0.hasPrefix(prefix) }
    let count = originals.count { names.contains(mark + $0) }
    return count > 1 && count * 2 > originals.count
  }

  /// Profiling twins, and those that are not called as they should be.
  mutating func guessTwins(_ header: Header) {
    guard let mark = twinPrefix, let prefix = prefixes.first else { return }
    found("profiling twins", "\(mark)\(prefix)…", "most functions have one")
    let functions = Dictionary(
      header.functions.map { ($0.name, $0) }, uniquingKeysWith: { first, _ in first })
    let orphans = functions.values.filter {
      $0.name.hasPrefix(mark + prefix)
        && functions[String($0.name.dropFirst(mark.utf8.count))] == nil
    }
    let alone = functions.values.filter {
      $0.name.hasPrefix(prefix) && functions[mark + $0.name] == nil
    }
    for orphan in orphans {
      let same = alone.filter {
        $0.result == orphan.result && $0.parameters.map(\.type) == orphan.parameters.map(\.type)
      }
      guard same.count == 1, let original = same.first else { continue }
      twins[orphan.name] = original.name
      found("twin", "\(orphan.name) of \(original.name)", "the only ones left, of one signature")
    }
  }

  /// `nccl` of `ncclAllReduce`, `MPI_` of `MPI_Send`.
  private static func prefix(of name: String) -> String? {
    let letters = Array(name.utf8)
    var end = 0
    while end < letters.count, letters[end] != UInt8(ascii: "_") {
      let wasLower = end > 0 && NameWords.isLower(letters[end - 1])
      if NameWords.isCapital(letters[end]), wasLower { return String(name.prefix(end)) }
      end += 1
    }
    return end > 0 && end + 1 < letters.count ? String(name.prefix(end + 1)) : nil
  }

  /// What all names begin with, where none shows where its first word ends.
  private static func sharedBeginning(_ names: [String]) -> String? {
    guard names.count > 1, var shared = names.first else { return nil }
    for name in names { shared = name.commonPrefix(with: shared) }
    return shared.utf8.count > 1 && !names.contains(shared) ? shared : nil
  }

  /// Counts and range ends, from the end of enumerations.
  mutating func guessSentinels(_ header: Header) {
    for enumeration in header.enumerations where !enumeration.isExternal {
      for name in CountNames(enumeration).names where !sentinels.contains(name) {
        sentinels.append(name)
      }
    }
    if !sentinels.isEmpty {
      found(
        "counts, no values", sentinels.joined(separator: ", "),
        "the last of their enumerations, and called so")
    }
  }
}

extension String {
  fileprivate func commonPrefix(with other: String) -> String {
    let count = zip(utf8, other.utf8).prefix { $0 == $1 }.count
    return String(decoding: utf8.prefix(count), as: UTF8.self)
  }
}
