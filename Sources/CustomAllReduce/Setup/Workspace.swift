internal import CUDARuntime

/// A rank's own memory, and that of all others as this rank sees it.
///
/// A control block and two arenas; Layout.cu says what is in them.
struct Workspace: Sendable {
  /// This rank's. Freed with the last reference, after every peer has let go of it.
  let own: DeviceBuffer<UInt8>
  /// By rank; this rank's own too.
  let all: [DeviceBuffer<UInt8>]

  /// Takes memory and tells what others need to see it.
  static func allocate(
    _ context: Context, arenaBytes: Int
  ) throws(CUDAError) -> (buffer: DeviceBuffer<UInt8>, offer: [UInt8]) {
    // Handles are for whole allocations of the driver, of 2 MiB: nothing else is to be in ours.
    let granularity = 2 << 20
    let byteCount = ArgumentsLayout.controlBytes + 2 * arenaBytes
    let buffer = try DeviceBuffer<UInt8>(
      context, count: (byteCount + granularity - 1) / granularity * granularity)
    var offer = ByteWriter()
    offer.append(ProcessIdentity.current)
    offer.append(UInt64(UInt(bitPattern: buffer.pointer)))
    offer.append(UInt64(buffer.byteCount))
    do throws(CUDAError) {
      let handle = try buffer.ipcHandle()
      offer.append(UInt64(handle.byteOffset))
      offer.append(handle.bytes)
      offer.append("")
    } catch {
      // It is an obstacle only to a rank in another process, which says why.
      offer.append(UInt64(0))
      offer.append([])
      offer.append("\(error)")
    }
    return (buffer, offer.bytes)
  }

  /// The process that has made an offer: see `ProcessIdentity`.
  static func process(of offer: [UInt8]) throws(CustomAllReduceError) -> UInt64 {
    try exchanging { () throws(ExchangeError) in
      var reader = ByteReader(offer)
      return try reader.read()
    }
  }

  /// Opens a peer's memory: a plain address in this process, a handle from another one.
  static func open(
    _ offer: [UInt8], of rank: Int, on peer: Device?, in context: Context
  ) throws(CustomAllReduceError) -> DeviceBuffer<UInt8> {
    let (process, address, byteCount, offset, handle, obstacle) = try exchanging {
      () throws(ExchangeError) in
      var reader = ByteReader(offer)
      return (
        try reader.read(UInt64.self), try reader.read(UInt64.self), try reader.readCount(),
        try reader.readCount(), try reader.readBytes(), try reader.readText()
      )
    }
    if process != ProcessIdentity.current {
      guard obstacle.isEmpty else {
        throw .invalidArgument("the memory of rank \(rank) cannot be opened: \(obstacle)")
      }
      return try onDevice { () throws(CUDAError) in
        try DeviceBuffer(
          context,
          opening: IPCMemoryHandle(
            bytes: handle, byteOffset: offset, byteCount: byteCount))
      }
    }
    guard let peer, let pointer = UnsafeMutableRawPointer(bitPattern: UInt(address)) else {
      throw .invalidArgument("a rank of this process is on a GPU that this process does not see")
    }
    return try onDevice { () throws(CUDAError) in
      if peer.ordinal != context.device.ordinal { try context.enableAccess(to: Context(peer)) }
      return DeviceBuffer(context, borrowing: pointer, count: byteCount)
    }
  }

  /// Sets the beginning of the control block, or all arenas, to the values before the first turn.
  func prepare(armed: Bool, in stream: Stream) throws(CUDAError) {
    let control = ArgumentsLayout.controlBytes
    try own[0..<control].fill(0, in: stream)
    try own[control..<own.count].fill(armed ? 0xFF : 0, in: stream)
    try stream.synchronize()
  }
}
