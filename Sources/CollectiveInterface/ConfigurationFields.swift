/// The fields of a vendor's versioned structure that are set, under their Swift names.
public struct ConfigurationFields: Sendable, Hashable {
  /// What a field may hold.
  public enum Value: Sendable, Hashable {
    case integer(Int)
    case number(Double)
    case text(String)
  }

  /// A field and its value.
  public struct Field: Sendable, Hashable {
    /// The Swift name.
    public let name: String
    /// What it holds.
    public let value: Value
  }

  /// In the order in which they were first set.
  public private(set) var fields: [Field] = []

  /// None set.
  public init() {}

  /// What a field holds; nil: it is not set.
  public subscript(name: String) -> Value? {
    get { fields.first { $0.name == name }?.value }
    set {
      let index = fields.firstIndex { $0.name == name }
      switch (index, newValue) {
      case (let index?, let value?): fields[index] = Field(name: name, value: value)
      case (let index?, nil): fields.remove(at: index)
      case (nil, let value?): fields.append(Field(name: name, value: value))
      case (nil, nil): break
      }
    }
  }
}

extension ConfigurationFields: ExpressibleByDictionaryLiteral {
  /// The last of several values of one field counts.
  public init(dictionaryLiteral elements: (String, Value)...) {
    for (name, value) in elements { self[name] = value }
  }
}

extension ConfigurationFields.Value: ExpressibleByIntegerLiteral, ExpressibleByStringLiteral {
  /// An integer.
  public init(integerLiteral value: Int) { self = .integer(value) }
  /// A text.
  public init(stringLiteral value: String) { self = .text(value) }
}
