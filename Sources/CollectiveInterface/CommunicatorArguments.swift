/// The arguments of an operation that is not put into a stream. Each operation has its own of them;
/// the rest are not looked at.
public struct CommunicatorArguments {
  /// The communicator.
  public var comm: UnsafeMutableRawPointer?
  /// Room for one communicator a device.
  public var comms: UnsafeMutablePointer<UnsafeMutableRawPointer?>?
  /// The ordinals of the devices.
  public var devices: UnsafePointer<Int32>?
  /// How many those are.
  public var nDevices = 0
  /// Of the communicator that is to be.
  public var nRanks = 0
  /// The caller's there.
  public var rank = 0
  /// As many bytes as the library's unique ID has.
  public var uniqueID: [UInt8] = []
  /// Several of them, one after the other.
  public var uniqueIDs: UnsafeMutableRawPointer?
  /// How many those are.
  public var nUniqueIDs = 0
  /// The part of a split that the caller joins.
  public var color = 0
  /// Orders the ranks of a part.
  public var key = 0
  /// Ranks that a shrunk communicator leaves out.
  public var excludedRanks: UnsafeMutablePointer<Int32>?
  /// How many those are.
  public var nExcludedRanks = 0
  /// The new communicator's configuration; nil: the library's defaults, or the parent's.
  public var configuration: ConfigurationFields?
  /// A code of the operation's flags.
  public var flags = 0
  /// Memory to register.
  public var buffer: UnsafeMutableRawPointer?
  /// Memory to free.
  public var pointer: UnsafeMutableRawPointer?
  /// In bytes.
  public var size = 0
  /// What a registration gave.
  public var handle: UnsafeMutableRawPointer?
  /// What a window registration gave.
  public var window: UnsafeMutableRawPointer?
  /// A code of `CollectiveCode.dataType`.
  public var dataType = 0
  /// A reduction op that the library made.
  public var op = 0
  /// What a pre-multiplied sum multiplies with.
  public var scalar: UnsafeMutableRawPointer?
  /// A code of `CollectiveCode.scalarResidence`.
  public var residence = 0
  /// A code of `CollectiveCode.memoryStatistic`.
  public var statistic = 0
  /// A parameter's name.
  public var parameter: UnsafePointer<CChar>?

  /// None set.
  public init() {}
}

/// What an operation returns.
public enum CollectiveValue: Sendable {
  case none
  case integer(Int)
  /// A handle or an address, as a number of as many bits.
  case pointer(UInt)
  /// Where the library writes a handle, at the latest when the communicator is ready.
  case late(UInt)
  case bytes([UInt8])
  case text(String)
  case fields(ConfigurationFields)

  /// The same of the place's address.
  public static func late(
    _ place: UnsafeMutablePointer<UnsafeMutableRawPointer?>
  ) -> CollectiveValue { .late(UInt(bitPattern: place)) }

  /// The same of a pointer.
  public static func pointer(_ pointer: UnsafeMutableRawPointer?) -> CollectiveValue {
    .pointer(UInt(bitPattern: pointer))
  }
}
