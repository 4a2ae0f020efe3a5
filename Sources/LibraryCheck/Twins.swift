import BindingPlan
import ELFSymbols
import HeaderModel

/// How the names of profiling twins follow from those of functions.
struct TwinNames {
  private let selection: VendorProfile.FunctionSelection

  init(_ selection: VendorProfile.FunctionSelection) { self.selection = selection }

  /// `ncclX` for `pncclX`; nil for what is no twin's name.
  func base(of name: String) -> String? {
    if let base = selection.twins[name] { return base }
    guard let prefix = selection.twinPrefix, name.hasPrefix(prefix) else { return nil }
    let base = String(name.dropFirst(prefix.count))
    return selection.hasPrefix(base) && !selection.hasPrefix(name) ? base : nil
  }
}

extension VendorProfile.FunctionSelection {
  /// Whether the vendor's functions begin so.
  func hasPrefix(_ name: String) -> Bool { prefixes.contains { name.hasPrefix($0) } }
}

/// A function and its profiling twin, of which a tool may replace the one and call the other.
package struct TwinPair: Sendable, Equatable {
  package enum State: String, Sendable, CaseIterable {
    /// One address, and the function's symbol is weak: what a profiling tool expects.
    case weakAlias = "weakly aliased"
    /// One address, but the function's symbol is strong.
    case strongAlias = "strongly aliased"
    case separate = "separate"
    case withoutTwin = "without its twin"
    case withoutFunction = "without its function"
  }

  package let function: String
  package let twin: String
  package let state: State

  /// The pairs that are declared or exported, and of which at least one half is exported.
  static func find(
    _ exports: Exports, _ declared: DeclaredSymbols, _ selection: VendorProfile.FunctionSelection,
    _ names: TwinNames
  ) -> [TwinPair] {
    let twins = declared.functions.union(exports.names).compactMap { twin in
      names.base(of: twin).map { (function: $0, twin: twin) }
    }
    return twins.compactMap { function, twin in
      guard let state = state(exports[function], exports[twin]) else { return nil }
      return TwinPair(function: function, twin: twin, state: state)
    }.sorted { byBytes($0.twin, $1.twin) }
  }

  private static func state(_ function: DynamicSymbol?, _ twin: DynamicSymbol?) -> State? {
    switch (function, twin) {
    case (nil, nil): nil
    case (_, nil): .withoutTwin
    case (nil, _): .withoutFunction
    case (let function?, let twin?):
      if function.address != twin.address {
        .separate
      } else {
        function.binding == .weak ? .weakAlias : .strongAlias
      }
    }
  }
}
