import HeaderModel

/// What the header declares and the library does not export, sorted.
package struct MissingSymbols: Sendable, Equatable {
  package let functions: [String]
  /// The profiling twins of functions.
  package let twins: [String]
  package let variables: [String]

  package var count: Int { functions.count + twins.count + variables.count }
  package var isEmpty: Bool { count == 0 }

  init(_ declared: DeclaredSymbols, _ exports: Exports, _ twinNames: TwinNames) {
    func missing(_ names: Set<String>) -> [String] {
      names.filter { !exports.has($0) }.sorted(by: byBytes)
    }
    let all = missing(declared.functions)
    functions = all.filter { twinNames.base(of: $0) == nil }
    twins = all.filter { twinNames.base(of: $0) != nil }
    variables = missing(declared.variables)
  }
}
