internal import CollectiveInterface

/// A sum of elements that are each multiplied first: `ReductionOp.custom`.
///
/// It is for calls on the communicator that made it, with elements of its type, and is given back with
/// its last reference, after the calls that use it: they keep nothing of it alive by themselves.
public final class PreMultipliedSum: Sendable, Hashable {
  /// Whose it is.
  public let communicator: Communicator
  /// The type of elements that it is for.
  public let dataType: DataType
  let code: Int

  init(_ communicator: Communicator, _ dataType: DataType, code: Int) {
    self.communicator = communicator
    self.dataType = dataType
    self.code = code
  }

  deinit { communicator.release(.redOpDestroy) { $0.op = code } }

  /// The same object.
  public static func == (left: PreMultipliedSum, right: PreMultipliedSum) -> Bool { left === right }

  /// Of the object.
  public func hash(into hasher: inout Hasher) { hasher.combine(ObjectIdentifier(self)) }
}

extension Communicator {
  /// Makes a sum of elements that are each multiplied with `scalar` first. Every rank may have a
  /// scalar of its own.
  ///
  /// - C: `ncclRedOpCreatePreMulSum`
  public func makePreMultipliedSum<Element: CollectiveElement>(
    _ scalar: Element
  ) throws(CommunicatorError) -> PreMultipliedSum {
    var scalar = scalar
    return try withUnsafeMutableBytes(of: &scalar) { (bytes) throws(CommunicatorError) in
      try makePreMultipliedSum(
        Element.dataType, bytes.baseAddress, residence: "scalarHostImmediate")
    }
  }

  /// The same with a scalar in the device's memory, which is read by each call that uses the op.
  ///
  /// - Parameter memory: One element, which must live as long as the op.
  /// - C: `ncclRedOpCreatePreMulSum`
  public func makePreMultipliedSum<Memory: CollectiveMemory>(
    scalarIn memory: Memory
  ) throws(CommunicatorError) -> PreMultipliedSum {
    try check(memory.count == 1, in: .redOpCreatePreMulSum, "a scalar is one element")
    return try makePreMultipliedSum(
      Memory.Element.dataType, memory.address, residence: "scalarDevice")
  }

  private func makePreMultipliedSum(
    _ type: DataType, _ scalar: UnsafeMutableRawPointer?, residence: String
  ) throws(CommunicatorError) -> PreMultipliedSum {
    try prepare(.redOpCreatePreMulSum)
    var arguments = arguments
    arguments.dataType = try code(.dataType, type.name, in: .redOpCreatePreMulSum)
    arguments.residence = try code(.scalarResidence, residence, in: .redOpCreatePreMulSum)
    arguments.scalar = scalar
    let code = try library.integer(.redOpCreatePreMulSum, arguments, rank: rank)
    return PreMultipliedSum(self, type, code: code)
  }
}
