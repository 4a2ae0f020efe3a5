internal import CollectiveInterface
internal import LibraryLoader

extension CollectiveLibrary {
  /// A call whose error becomes a communicator's.
  func value(
    _ operation: CollectiveOperation, _ arguments: CommunicatorArguments, rank: Int? = nil
  ) throws(CommunicatorError) -> CollectiveValue {
    do throws(CollectiveError) { return try call(operation, arguments) } catch {
      throw CommunicatorError(error, in: operation.rawValue, rank: rank)
    }
  }

  /// A call that returns a handle or an address.
  func pointer(
    _ operation: CollectiveOperation, _ arguments: CommunicatorArguments, rank: Int? = nil
  ) throws(CommunicatorError) -> UnsafeMutableRawPointer? {
    try handle(operation, arguments, rank: rank).value
  }

  /// A call that returns a handle, perhaps later.
  func handle(
    _ operation: CollectiveOperation, _ arguments: CommunicatorArguments, rank: Int? = nil
  ) throws(CommunicatorError) -> ReturnedHandle {
    switch try value(operation, arguments, rank: rank) {
    case .pointer(let bits): return .now(bits)
    case .late(let place): return .late(place: place)
    default:
      throw CommunicatorError(
        .internalError, in: operation.rawValue, "the library returned no pointer", rank: rank)
    }
  }

  /// A call that returns a number.
  func integer(
    _ operation: CollectiveOperation, _ arguments: CommunicatorArguments, rank: Int? = nil
  ) throws(CommunicatorError) -> Int {
    guard case .integer(let number) = try value(operation, arguments, rank: rank) else {
      throw CommunicatorError(
        .internalError, in: operation.rawValue, "the library returned no number", rank: rank)
    }
    return number
  }
}

/// A handle that a call gave, as a number of as many bits.
enum ReturnedHandle: Sendable {
  case now(UInt)
  /// Where the library writes it.
  case late(place: UInt)

  /// What is known of it now.
  var value: UnsafeMutableRawPointer? {
    switch self {
    case .now(let bits): UnsafeMutableRawPointer(bitPattern: bits)
    case .late(let place):
      UnsafePointer<UnsafeMutableRawPointer?>(bitPattern: place)?.pointee
    }
  }
}
