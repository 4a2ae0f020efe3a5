package struct EnumerationPlan: Sendable {
  package var cName: String
  package var swiftName: String
  package var rawType: String
  package var doc: [String]
  package var availability: Availability
  /// In the newest header's order, then those that only older headers have.
  package var enumerators: [EnumeratorPlan]
}

package struct EnumeratorPlan: Sendable {
  package var cName: String
  package var swiftName: String
  package var value: Int128
  /// The Swift name of the enumerator with the same value that comes first.
  package var aliasOf: String?
  package var doc: [String]
  package var availability: Availability
}
