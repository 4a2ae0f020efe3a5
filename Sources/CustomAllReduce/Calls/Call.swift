internal import Collectives

/// An all-reduce as its caller means it, whoever computes it.
struct Call {
  let send: UnsafeMutableRawPointer?
  let receive: UnsafeMutableRawPointer?
  /// In elements.
  let count: Int
  let dataType: DataType
  let op: ReductionOp
  let byteCount: Int

  /// - Throws: `CustomAllReduceError.invalidArgument` for what nobody could compute.
  init(
    _ send: UnsafeMutableRawPointer?, _ receive: UnsafeMutableRawPointer?, _ count: Int,
    _ dataType: DataType, _ op: ReductionOp
  ) throws(CustomAllReduceError) {
    let (byteCount, overflows) = count.multipliedReportingOverflow(by: dataType.byteCount)
    guard count >= 0, !overflows else {
      throw .invalidArgument("a message cannot have \(count) elements")
    }
    if byteCount > 0 {
      guard let send, let receive else {
        throw .invalidArgument("\(count) elements are to be reduced, and a buffer has no address")
      }
      guard send == receive || send + byteCount <= receive || receive + byteCount <= send else {
        throw .invalidArgument("the input and the output overlap, and are not the same")
      }
    }
    self.send = send
    self.receive = receive
    self.count = count
    self.dataType = dataType
    self.op = op
    self.byteCount = byteCount
  }

  /// Whether both addresses are multiples of 16.
  var isAligned: Bool { (UInt(bitPattern: send) | UInt(bitPattern: receive)) % 16 == 0 }
}
