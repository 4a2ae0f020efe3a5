/// One difference between two headers, judged by a rule.
package struct Change: Hashable, Sendable {
  /// What a change is about.
  package enum Kind: String, Hashable, Sendable, CaseIterable {
    case function, enumeration, enumerator, record, field, typedef, macro, variable
    /// The generated module's own declarations.
    case interface
    /// How the headers were read.
    case context
  }

  package enum Presence: String, Hashable, Sendable {
    case added, removed, changed
  }

  package var rule: Rule
  package var kind: Kind
  package var presence: Presence
  /// The C name; a field's is `Record.field`.
  package var symbol: String
  /// What the symbol was called in the old header, where that was another name.
  package var formerName: String?
  /// What exactly is different, such as which parameter; `nil` where the rule says it all.
  package var detail: String?
  /// The C declaration in the old header.
  package var old: String?
  package var new: String?
  /// What came or went with it: the fields of a record, the names of an enumeration.
  package var members: [String]
  /// The profiling twin that changed in the same way.
  package var twin: String?

  package init(
    _ rule: Rule, _ kind: Kind, _ presence: Presence, _ symbol: String,
    formerName: String? = nil, detail: String? = nil, old: String? = nil, new: String? = nil,
    members: [String] = [], twin: String? = nil
  ) {
    self.rule = rule
    self.kind = kind
    self.presence = presence
    self.symbol = symbol
    self.formerName = formerName
    self.detail = detail
    self.old = old
    self.new = new
    self.members = members
    self.twin = twin
  }
}
