import HeaderModel

/// Decides which functions are bound, under which name.
///
/// Takes every function that the profile's prefixes or its list name; follows the header's renaming
/// macros (`#define cuMemAlloc cuMemAlloc_v2`); leaves out twins, and with a reason whatever has no
/// symbol or no counterpart.
struct SelectFunctions {
  /// One function of one release under the name that the header's users call it by.
  struct Occurrence {
    var table: Int
    var function: Function
    /// Empty where there is only one release, which needs no comparing.
    var abi: String
  }

  /// By public name.
  private(set) var selected: [String: [Occurrence]] = [:]
  /// Declared, exported, and not bound.
  private(set) var otherSymbols: Set<String> = []
  private(set) var skipped: [Diagnostic] = []
  /// What the profile lists and no release lets its users call.
  private(set) var unmatched: [String] = []

  private let selection: VendorProfile.FunctionSelection
  /// Of one release's typedefs why they cannot be bound: headers use few of them very often.
  private var typedefObstacles: [String: String?] = [:]

  init(_ merged: MergedReleases, profile: VendorProfile) {
    selection = profile.functions
    var reasons: [String: String] = [:]
    let only = Set(selection.only)
    for (index, table) in merged.tables.enumerated() {
      selected.reserveCapacity(table.header.functions.count)
      typedefObstacles = [:]
      let declared = Set(table.header.functions.map(\.name))
      let publicNames = Self.publicNames(table.header, declared: declared)
      for function in table.header.functions {
        let name = publicNames[function.name] ?? function.name
        if isTwin(function.name, declared: declared) {
          otherSymbols.insert(function.symbol)
          continue
        }
        guard only.isEmpty ? hasPrefix(name) : only.contains(name) else { continue }
        if let reason = selection.skip[name] ?? obstacle(function, table) {
          reasons[function.name] = reason
          if function.isExported {
            otherSymbols.insert(function.symbol)
          }
          continue
        }
        let abi = merged.tables.count == 1 ? "" : table.abiKey(function)
        guard let abi else { continue }
        selected[name, default: []].append(
          Occurrence(table: index, function: function, abi: abi))
      }
    }
    unmatched = selection.only.filter { selected[$0] == nil && reasons[$0] == nil }
    for (name, reason) in reasons.sorted(by: { byBytes($0.key, $1.key) }) {
      skipped.append(
        Diagnostic(
          .warning, file: profile.vendor, "\(name) is not bound: \(reason)", rule: "skip-function"))
    }
  }

  /// Symbol to the name that a macro gives it: what the header's users write.
  ///
  /// A macro may name the symbol through another that stands for its argument, as
  /// `#define cuMemcpyHtoD __CUDA_API_PTDS(cuMemcpyHtoD_v2)` does.
  private static func publicNames(_ header: Header, declared: Set<String>) -> [String: String] {
    let transparent = Set(header.macros.filter { $0.parameters == [$0.body] }.map(\.name))
    var names: [String: String] = [:]
    for macro in header.macros where macro.parameters == nil {
      let symbol = argument(macro.body, of: transparent) ?? macro.body
      if symbol != macro.name, declared.contains(symbol) { names[symbol] = macro.name }
    }
    return names
  }

  /// `x` of `NAME ( x )`, where NAME is one of `macros`.
  private static func argument(_ body: String, of macros: Set<String>) -> String? {
    let tokens = body.split(separator: " ")
    guard tokens.count == 4, tokens[1] == "(", tokens[3] == ")", macros.contains(String(tokens[0]))
    else { return nil }
    return String(tokens[2])
  }

  private func hasPrefix(_ name: String) -> Bool {
    selection.prefixes.isEmpty || selection.prefixes.contains { name.hasPrefix($0) }
  }

  private func isTwin(_ name: String, declared: Set<String>) -> Bool {
    if selection.twins[name] != nil { return true }
    guard let prefix = selection.twinPrefix, name.hasPrefix(prefix) else { return false }
    let base = String(name.dropFirst(prefix.count))
    return declared.contains(base) || hasPrefix(base) && !hasPrefix(name)
  }

  private mutating func obstacle(_ function: Function, _ table: TypeTable) -> String? {
    if function.isVariadic { return "it is variadic, which Swift cannot call" }
    if function.isInline || function.isStatic {
      return "it is defined in the header, so the library has no symbol for it"
    }
    if function.isHidden { return "its visibility is hidden, so the library does not export it" }
    guard isIdentifier(function.name), isIdentifier(function.symbol) else {
      return "its name is not a plain identifier"
    }
    if let obstacle = obstacle(function.result, table) { return "it returns a value: \(obstacle)" }
    for (index, parameter) in function.parameters.enumerated() {
      if let obstacle = obstacle(parameter.type, table) {
        return "parameter \(parameter.name ?? String(index + 1)): \(obstacle)"
      }
    }
    return nil
  }

  private mutating func obstacle(_ type: CType, _ table: TypeTable) -> String? {
    guard case .typedef(let name) = type else { return table.obstacle(type) }
    if let known = typedefObstacles[name] { return known }
    let obstacle = table.obstacle(type)
    typedefObstacles[name] = .some(obstacle)
    return obstacle
  }
}
