// What generated modules turn the raw arguments into the vendor's types with.

public import LibraryLoader

extension LoadedLibrary {
  /// A number as the vendor's function takes it.
  ///
  /// - Throws: `CollectiveError` of kind `invalidArgument` if it does not fit.
  @inlinable
  public func integer<Number: FixedWidthInteger>(
    _ value: Int, of argument: StaticString, in call: StaticString
  ) throws(CollectiveError) -> Number {
    guard let number = Number(exactly: value) else {
      throw invalidArgument(
        call: call, "\(argument) is \(value), which is not in \(Number.min)...\(Number.max)")
    }
    return number
  }

  /// An integer field of a structure.
  public func integer<Number: FixedWidthInteger>(
    _ field: ConfigurationFields.Field, of structure: StaticString
  ) throws(CollectiveError) -> Number {
    guard case .integer(let value) = field.value else {
      throw invalidArgument(call: structure, "\(field.name) must be an integer, not \(field.value)")
    }
    guard let number = Number(exactly: value) else {
      throw invalidArgument(
        call: structure, "\(field.name) is \(value), which is not in \(Number.min)...\(Number.max)")
    }
    return number
  }

  /// A text field of a structure.
  public func text(
    _ field: ConfigurationFields.Field, of structure: StaticString
  ) throws(CollectiveError) -> String {
    guard case .text(let text) = field.value else {
      throw invalidArgument(call: structure, "\(field.name) must be a text, not \(field.value)")
    }
    return text
  }

  /// A floating-point field of a structure.
  public func number(
    _ field: ConfigurationFields.Field, of structure: StaticString
  ) throws(CollectiveError) -> Double {
    guard case .number(let number) = field.value else {
      throw invalidArgument(call: structure, "\(field.name) must be a number, not \(field.value)")
    }
    return number
  }

  /// The error of a field that no release of the vendor's structure has.
  public func unknownField(
    _ field: ConfigurationFields.Field, of structure: StaticString, known: String
  ) -> CollectiveError {
    invalidArgument(
      call: structure, "it has no field \"\(field.name)\" in any release; its fields are \(known)")
  }

  /// A record of bytes.
  public func bytes<Record>(
    _ make: () throws(ByteCountError) -> Record, of argument: StaticString, in call: StaticString
  ) throws(CollectiveError) -> Record {
    do throws(ByteCountError) { return try make() } catch {
      throw invalidArgument(call: call, "\(argument): \(error)")
    }
  }
}
