import BindingPlan
import ELFSymbols
import HeaderModel

extension LibraryCheck {
  /// The findings for a person: one fact a line, lists indented below.
  package var text: String {
    var lines = ["\(library.path): \(profile.displayName) for \(library.identity.machine)"]
    func add(_ label: String, _ value: String) { lines.append("  \(label): \(value)") }
    func add(_ label: String, _ items: [String]) {
      guard !items.isEmpty else { return }
      add(label, String(items.count))
      lines += items.map { "    \($0)" }
    }
    add("soname", library.soname ?? "none")
    add("needs", list(library.needed))
    add("glibc", library.requiredGLIBC.map { "\($0) or later" } ?? "no version of it")
    add("checked against", modelText)
    add("release by header", model.header.release.description)
    add("release by call", answerText)
    if !profile.flavours.isEmpty { add("flavour", flavourText) }
    add("declared and exported", "\(declaredCount - missing.count) of \(declaredCount)")
    add("functions declared, not exported", missing.functions)
    add("twins declared, not exported", missing.twins)
    add("variables declared, not exported", missing.variables)
    add("exported, not declared", undeclared.map(\.text))
    if !twins.isEmpty { add("pairs of a function and its twin", twinText) }
    add("twins that cannot be interposed", oddTwins.map { "\($0.twin): \($0.state.rawValue)" })
    add("undefined", undefinedText)
    add("undefined, and no needed library's as far as the file says", undefined.unattributed)
    lines.append(
      isConsistent ? "consistent" : "not consistent: \(problems.joined(separator: "; "))")
    // A name in a damaged or hostile file may have line ends, and would pass for a finding.
    return lines.map { $0.replacing("\n", with: "\\n") }.joined(separator: "\n")
  }

  /// Why the header and the library do not agree.
  var problems: [String] {
    var problems: [String] = []
    if !missing.isEmpty { problems.append("\(missing.count) declared, not exported") }
    switch answer {
    case .notAsked: break
    case .said:
      if releaseByCall != model.header.release {
        problems.append(
          "the library says \(releaseByCall?.description ?? "no known release"), the header "
            + "\(model.header.release)")
      }
    case .failed: problems.append("the library could not be asked for its release")
    }
    return problems
  }

  private var modelText: String {
    let name = "\(model.header.vendor)@\(model.header.identifier)"
    switch model.basis {
    case .named: return "\(name), as named"
    case .versionCall: return "\(name), which the library says it is"
    case .beforeVersionCall: return "\(name), the newest model before the library's release"
    case .exports(let fitting):
      let others =
        fitting.count == 1 ? "" : ", the newest of \(range(fitting)), which fit equally"
      return "\(name), inferred from the exports\(others)"
    }
  }

  private func range(_ names: [String]) -> String {
    guard let first = names.first, let last = names.last, names.count > 3 else {
      return names.joined(separator: ", ")
    }
    return "\(first) to \(last) (\(names.count) models)"
  }

  private var answerText: String {
    switch answer {
    case .notAsked: "not asked (--load runs the library in a child process)"
    case .failed(let reason): "no answer: \(reason)"
    case .said(let values):
      "\(releaseByCall?.description ?? "unknown") (\(profile.library.versionFunction ?? "") gives "
        + "\(values.map(String.init).joined(separator: ", ")))"
    }
  }

  private var flavourText: String {
    let found = flavours.matches.map { match in
      "\(match.flavour) (\(match.evidence)"
        + (match.hasModels ? ")" : "; no header of it is known)")
    }
    if found.count > 1 {
      return "ambiguous, LoadOptions.flavour must say which: \(found.joined(separator: ", "))"
    }
    if let only = found.first { return only }
    var parts: [String] = []
    let shown = flavours.undecided + flavours.others
    if !shown.isEmpty { parts.append("shows none of: \(list(shown))") }
    if !flavours.undecided.isEmpty {
      parts.append("--load is needed for: \(list(flavours.undecided))")
    }
    if !flavours.unseen.isEmpty { parts.append("only its user knows of: \(list(flavours.unseen))") }
    return parts.joined(separator: "; ")
  }

  private var twinText: String {
    let counts = TwinPair.State.allCases.compactMap { state in
      let count = twins.count { $0.state == state }
      return count == 0 ? nil : "\(count) \(state.rawValue)"
    }
    return "\(twins.count): \(counts.joined(separator: ", "))"
  }

  /// Where the twin is missing it is in a list of its own already, if the header declares it.
  private var oddTwins: [TwinPair] {
    let known = Set(missing.twins)
    return twins.filter { $0.state != .weakAlias && !known.contains($0.twin) }
  }

  private var undefinedText: String {
    var parts = undefined.byLibrary.map { "\($0.count) of \($0.library)" }
    parts.append("\(undefined.unattributed.count) of no library")
    if undefined.optionalCount > 0 {
      parts.append("\(undefined.optionalCount) that may be missing")
    }
    return parts.joined(separator: ", ")
  }

  private func list(_ names: [String]) -> String {
    names.isEmpty ? "none" : names.joined(separator: ", ")
  }
}

extension UndeclaredExport {
  fileprivate var text: String {
    "\(name)\(isFunction ? "" : " (data)"): \(reasonText)"
  }

  var reasonText: String {
    switch reason {
    case .macro(let macro): "hidden by \(macro)"
    case .declaredFrom(let release): "declared from \(release) on"
    case .declaredUpTo(let release): "declared up to \(release)"
    case .declaredIn(let model): "declared in \(model)"
    case .twin(let base): "twin of \(base)"
    case .undocumented: "in no header that was read"
    }
  }
}
