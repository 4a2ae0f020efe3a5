internal import CUDARuntime

/// Where a captured buffer is, for other ranks.
struct BufferOffer: Hashable {
  /// How other processes get at it.
  enum Sharing: Hashable {
    /// A handle of the driver's for the whole allocation.
    case handle([UInt8])
    /// Pieces of mapped memory, each with a file descriptor.
    case pieces([MappedPiece])
    /// They do not, for this reason.
    case none(String)
  }

  let address: UInt64
  let sharing: Sharing
  /// How far behind the beginning of what is shared the buffer is, in bytes.
  let offset: Int

  init(_ address: UInt64, byteCount: Int, in context: Context) throws(CUDAError) {
    guard let pointer = UnsafeMutableRawPointer(bitPattern: UInt(address)) else {
      throw .invalidArgument("a captured buffer has no address")
    }
    self.address = address
    let buffer = DeviceBuffer<UInt8>(context, borrowing: pointer, count: byteCount)
    // What cannot be shared is no obstacle between threads.
    do throws(CUDAError) {
      if try buffer.hasIPCHandle() {
        let handle = try buffer.ipcHandle()
        offset = handle.byteOffset
        sharing = .handle(handle.bytes)
      } else {
        let pieces = try buffer.mappedPieces()
        offset = Int(address - (pieces.first?.address ?? address))
        sharing = .pieces(pieces)
      }
    } catch {
      offset = 0
      sharing = .none("\(error)")
    }
  }

  func append(to writer: inout ByteWriter) {
    writer.append(address)
    writer.append(UInt64(offset))
    switch sharing {
    case .handle(let handle):
      writer.append(UInt8(0))
      writer.append(handle)
    case .pieces(let pieces):
      writer.append(UInt8(1))
      writer.append(UInt32(pieces.count))
      for piece in pieces {
        writer.append(piece.address)
        writer.append(UInt64(piece.byteCount))
      }
    case .none(let reason):
      writer.append(UInt8(2))
      writer.append(reason)
    }
  }

  init(from reader: inout ByteReader) throws(ExchangeError) {
    address = try reader.read()
    offset = try reader.readCount()
    switch try reader.read(UInt8.self) {
    case 0: sharing = .handle(try reader.readBytes())
    case 1:
      var pieces: [MappedPiece] = []
      for _ in 0..<(try reader.read(UInt32.self)) {
        pieces.append(
          MappedPiece(address: try reader.read(), byteCount: try reader.readCount()))
      }
      sharing = .pieces(pieces)
    default: sharing = .none(try reader.readText())
    }
  }
}

/// The buffers of the calls that a rank has captured.
struct CaptureOffer: Hashable {
  /// By call; its input and its output.
  let calls: [[BufferOffer]]

  init(_ calls: [CapturedBuffers.Call], in context: Context) throws(CUDAError) {
    self.calls = try calls.map { (call) throws(CUDAError) in
      try [call.input, call.output].map { (address) throws(CUDAError) in
        try BufferOffer(address, byteCount: call.byteCount, in: context)
      }
    }
  }

  /// All pieces of mapped memory, each once, in the order in which their descriptors are sent.
  var pieces: [MappedPiece] {
    var known: Set<MappedPiece> = []
    var pieces: [MappedPiece] = []
    for buffer in calls.joined() {
      guard case .pieces(let own) = buffer.sharing else { continue }
      pieces += own.filter { known.insert($0).inserted }
    }
    return pieces
  }

  var bytes: [UInt8] {
    var writer = ByteWriter()
    writer.append(UInt32(calls.count))
    for buffer in calls.joined() { buffer.append(to: &writer) }
    return writer.bytes
  }

  init(bytes: [UInt8]) throws(ExchangeError) {
    var reader = ByteReader(bytes)
    var calls: [[BufferOffer]] = []
    for _ in 0..<(try reader.read(UInt32.self)) {
      calls.append([try BufferOffer(from: &reader), try BufferOffer(from: &reader)])
    }
    self.calls = calls
  }
}
