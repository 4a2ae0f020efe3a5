public import LibraryLoader

/// A loaded library of any vendor, as a communicator calls it: a generated module's class that its
/// profile says has collectives.
///
/// Everything is raw here: pointers, codes of the vendor's. `Communicator` is what programs use.
public protocol CollectiveLibrary: AnyObject, Sendable {
  /// What was opened.
  var library: LoadedLibrary { get }

  /// What the vendor's headers say about its collectives.
  static var collectives: CollectiveDescription { get }

  /// The slots of an operation in the function table; nil: no header of the vendor's has it.
  func slots(of operation: CollectiveOperation) -> Range<Int>?

  /// Puts an operation into a stream.
  func enqueue(
    _ operation: CollectiveOperation, _ arguments: CollectiveArguments
  ) throws(CollectiveError)

  /// Does what is not put into a stream.
  func call(
    _ operation: CollectiveOperation, _ arguments: CommunicatorArguments
  ) throws(CollectiveError) -> CollectiveValue
}

extension CollectiveLibrary {
  /// Whether the loaded library has an operation, in a form that its module can call.
  public func isAvailable(_ operation: CollectiveOperation) -> Bool {
    slots(of: operation).map { library.hasAny($0) } ?? false
  }

  /// Why it has not.
  public func unavailable(_ operation: CollectiveOperation) -> CollectiveError {
    if let slots = slots(of: operation) { return library.unavailable(slots) }
    return library.unavailable(
      "\(library.vendor) has no \(operation.rawValue): no release's header declares it")
  }

  /// The number that the loaded library has for a name; nil: it has none.
  public func code(_ kind: CollectiveCode, named name: String) -> Int? {
    Self.collectives.codes[kind]?.first {
      $0.name.description == name && $0.exists(in: library.layoutRelease)
    }?.value
  }

  /// The name that the loaded library has for a number.
  public func name(_ kind: CollectiveCode, of code: Int) -> String? {
    Self.collectives.codes[kind]?.first {
      $0.value == code && $0.exists(in: library.layoutRelease)
    }?.name.description
  }
}
