import BindingPlan
import ELFSymbols
package import HeaderModel

/// A symbol under the vendor's prefixes that the library exports and the header does not declare.
package struct UndeclaredExport: Sendable, Equatable {
  package enum Reason: Sendable, Equatable {
    /// A macro of the header hides it: as it is written.
    case macro(String)
    /// Later headers declare it, from this release on.
    case declaredFrom(Release)
    /// Earlier headers do, this release's last.
    case declaredUpTo(Release)
    /// Headers of other flavours or of releases around this one do, such as this.
    case declaredIn(String)
    /// It is the twin of a function that is not declared either.
    case twin(String)
    /// No header of the vendor that was read declares it.
    case undocumented
  }

  package let name: String
  package let isFunction: Bool
  package let reason: Reason

  static func find(
    _ exports: Exports, _ declared: DeclaredSymbols, _ header: Header, among models: [Header],
    _ selection: VendorProfile.FunctionSelection, _ twins: TwinNames
  ) -> [UndeclaredExport] {
    let own = exports.names.filter { name in
      !declared.has(name) && (selection.hasPrefix(name) || twins.base(of: name) != nil)
    }
    let macros = Dictionary(header.macros.map { ($0.name, $0) }) { $1 }
    let tables = models.map { (header: $0, declared: DeclaredSymbols($0)) }
    return own.sorted(by: byBytes).map { name in
      let others = tables.filter { $0.declared.has(name) }.map(\.header)
      let reason: Reason =
        if let macro = macros[name] {
          .macro(text(macro))
        } else if let first = others.first, let last = others.last {
          declaration(first, last, around: header)
        } else if let base = twins.base(of: name), exports.has(base) {
          .twin(base)
        } else {
          .undocumented
        }
      return UndeclaredExport(
        name: name, isFunction: exports[name].map(isFunction) ?? false, reason: reason)
    }
  }

  private static func declaration(
    _ first: Header, _ last: Header, around header: Header
  ) -> Reason {
    if first.release > header.release { return .declaredFrom(first.release) }
    if last.release < header.release { return .declaredUpTo(last.release) }
    return .declaredIn(last.identifier)
  }

  private static func text(_ macro: Macro) -> String {
    let parameters = macro.parameters.map { "(\($0.joined(separator: ", ")))" } ?? ""
    return "#define \(macro.name)\(parameters)" + (macro.body.isEmpty ? "" : " \(macro.body)")
  }

  private static func isFunction(_ symbol: DynamicSymbol) -> Bool {
    symbol.kind == .function || symbol.kind == .indirectFunction
  }
}
