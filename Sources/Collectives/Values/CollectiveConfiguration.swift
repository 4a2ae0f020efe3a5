public import CollectiveInterface

/// How one collective is to be done. All ranks must give the same.
///
/// The fields are those of the vendor's module under their Swift names.
///
/// - C: `ncclCollConfig_t`, since 2.31.2
public struct CollectiveConfiguration: Sendable, Hashable, ExpressibleByDictionaryLiteral {
  /// The vendor's fields under their Swift names.
  public var fields: ConfigurationFields

  /// Nothing set.
  public init(_ fields: ConfigurationFields = ConfigurationFields()) { self.fields = fields }

  /// The fields of a literal.
  public init(dictionaryLiteral elements: (String, ConfigurationFields.Value)...) {
    fields = ConfigurationFields()
    for (name, value) in elements { fields[name] = value }
  }
}
