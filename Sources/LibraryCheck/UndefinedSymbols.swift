import ELFSymbols
import HeaderModel

/// What a library expects of others.
package struct UndefinedSymbols: Sendable, Equatable {
  /// How many symbols it was linked to in a library, by the library's name.
  package let byLibrary: [Count]
  /// What nothing says the library of, and what must be there when the library is loaded.
  package let unattributed: [String]
  /// How many more there are that may be missing.
  package let optionalCount: Int

  package struct Count: Sendable, Equatable {
    package let library: String
    package let count: Int
  }

  init(_ library: SharedObject) {
    let undefined = library.symbols.filter { !$0.isDefined }
    let counts = Dictionary(grouping: undefined.compactMap(\.library)) { $0 }.mapValues(\.count)
    byLibrary = counts.map { Count(library: $0, count: $1) }
      .sorted { byBytes($0.library, $1.library) }
    let others = undefined.filter { $0.library == nil }
    unattributed = Set(others.lazy.filter { $0.binding != .weak }.map(\.name)).sorted(by: byBytes)
    optionalCount = others.count { $0.binding == .weak }
  }
}
