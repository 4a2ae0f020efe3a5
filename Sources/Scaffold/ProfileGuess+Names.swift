import HeaderModel

extension ProfileGuess {
  /// The beginning that most functions share, and whether they have twins.
  mutating func guessPrefixes(_ header: Header) {
    var counts: [String: Int] = [:]
    for function in header.functions where !function.isInline && !function.isStatic {
      if let prefix = Self.prefix(of: function.name) { counts[prefix, default: 0] += 1 }
    }
    let ordered = counts.sorted { ($1.value, $0.key) < ($0.value, $1.key) }
    guard let (prefix, count) = ordered.first else {
      found("prefix", nil, "no function has one; write it under functions: prefixes:")
      return
    }
    let names = Set(header.functions.map(\.name))
    // pncclX beside ncclX: the longer prefix is that of the twins.
    for (candidate, _) in ordered where candidate.utf8.count == prefix.utf8.count + 1 {
      for (longer, shorter) in [(candidate, prefix)] where longer.hasSuffix(shorter) {
        takeTwins(String(longer.dropLast(shorter.utf8.count)), of: shorter, names)
      }
    }
    var chosen = prefix
    if twinPrefix == nil, let mark = prefix.first,
      let shorter = ordered.first(where: { $0.key == String(prefix.dropFirst()) })?.key
    {
      takeTwins(String(mark), of: shorter, names)
      if twinPrefix != nil { chosen = shorter }
    }
    prefixes = [chosen]
    found("prefix", chosen, "\(counts[chosen] ?? count) of \(names.count) functions begin with it")
    if let twinPrefix {
      found("profiling twins", "\(twinPrefix)\(chosen)…", "each function has one")
    }
  }

  private mutating func takeTwins(_ mark: String, of prefix: String, _ names: Set<String>) {
    let originals = names.filter { $0.hasPrefix(prefix) }
    let doubled = originals.count { names.contains(mark + $0) }
    if doubled > 1, doubled * 2 > originals.count { twinPrefix = mark }
  }

  /// `nccl` of `ncclAllReduce`, `MPI_` of `MPI_Send`.
  private static func prefix(of name: String) -> String? {
    let letters = Array(name.utf8)
    var end = 0
    while end < letters.count, letters[end] != UInt8(ascii: "_") {
      let isUpper = (UInt8(ascii: "A")...UInt8(ascii: "Z")).contains(letters[end])
      let wasLower =
        end > 0 && (UInt8(ascii: "a")...UInt8(ascii: "z")).contains(letters[end - 1])
      if isUpper, wasLower { return String(name.prefix(end)) }
      end += 1
    }
    return end > 0 && end + 1 < letters.count ? String(name.prefix(end + 1)) : nil
  }

  /// The enumeration that most functions return.
  mutating func guessStatus(_ header: Header, _ table: TypeTable) {
    var counts: [String: Int] = [:]
    for function in own(header) {
      if case .typedef(let name) = function.result.unqualified,
        table.enumeration(function.result) != nil
      {
        counts[name, default: 0] += 1
      }
    }
    guard let (name, count) = counts.max(by: { ($0.value, $1.key) < ($1.value, $0.key) }),
      let enumeration = table.enumeration(.typedef(name))
    else {
      found(
        "status type", nil,
        "no enumeration is returned; without one, results cannot be checked (status: in the profile)"
      )
      return
    }
    statusType = name
    found("status type", name, "\(count) functions return it")
    if let zero = enumeration.enumerators.first(where: { $0.value == 0 }) {
      success = zero.name
      found("success", zero.name, "it is 0")
    } else {
      found("success", nil, "\(name) has no 0; write it under status: success:")
    }
    pending = enumeration.enumerators.map(\.name).filter {
      $0.lowercased().hasSuffix("inprogress") || $0.lowercased().hasSuffix("in_progress")
    }
    if !pending.isEmpty {
      found("not finished yet", pending.joined(separator: ", "), "by the name")
    }
  }

  /// Counts at the end of enumerations.
  mutating func guessSentinels(_ header: Header) {
    for enumeration in header.enumerations {
      guard let highest = enumeration.enumerators.map(\.value).max(),
        enumeration.enumerators.count > 1
      else { continue }
      for enumerator in enumeration.enumerators where enumerator.value >= highest {
        let name = enumerator.name.lowercased()
        if ["num", "max", "count", "dummy"].contains(where: { name.contains($0) }) {
          sentinels.append(enumerator.name)
        }
      }
    }
    if !sentinels.isEmpty {
      found(
        "counts, no values", sentinels.joined(separator: ", "),
        "the last of their enumerations, and called so")
    }
  }
}
