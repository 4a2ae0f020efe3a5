internal import CUDARuntime

/// How other ranks get at the memory that a captured buffer lies in.
enum Sharing: Hashable {
  /// A handle of the driver's for a whole allocation.
  case handle([UInt8])
  /// Pieces of mapped memory, each with a file descriptor.
  case pieces([MappedPiece])
  /// They do not, for this reason.
  case none(String)

  /// The memory of a buffer, and how far behind its beginning the buffer is, in bytes.
  static func find(
    _ address: UInt64, byteCount: Int, in context: Context
  ) throws(CUDAError) -> (sharing: Sharing, offset: Int) {
    guard let pointer = UnsafeMutableRawPointer(bitPattern: UInt(address)) else {
      throw .invalidArgument("a captured buffer has no address")
    }
    let buffer = DeviceBuffer<UInt8>(context, borrowing: pointer, count: byteCount)
    do throws(CUDAError) {
      if try buffer.hasIPCHandle() {
        let handle = try buffer.ipcHandle()
        return (.handle(handle.bytes), handle.byteOffset)
      }
      let pieces = try buffer.mappedPieces()
      return (.pieces(pieces), Int(address - (pieces.first?.address ?? address)))
    } catch {
      // It is an obstacle only if there are other ranks' buffers to work on.
      return (.none("\(error)"), 0)
    }
  }
}

/// Where a captured buffer is, for other ranks.
struct BufferOffer: Hashable {
  let address: UInt64
  /// The number of the memory in the rank's offer.
  let memory: Int
  /// How far behind the memory's beginning it is, in bytes.
  let offset: Int
}

/// The buffers of the calls that a rank has captured.
struct CaptureOffer: Hashable {
  struct Call: Hashable {
    let byteCount: Int
    let input: BufferOffer
    let output: BufferOffer
  }

  /// The memory that they lie in, each once.
  let memory: [Sharing]
  let calls: [Call]

  /// What a rendezvous takes in one message, less than a mebibyte.
  static let mostBytes = 1 << 20 - 1 << 10

  init(memory: [Sharing], calls: [Call]) {
    self.memory = memory
    self.calls = calls
  }

  init(_ calls: [CapturedBuffers.Call], in context: Context) throws(CUDAError) {
    var offers = Offers(context: context)
    self.calls = try calls.map { (call) throws(CUDAError) in
      Call(
        byteCount: call.byteCount,
        input: try offers.offer(call.input, byteCount: call.byteCount),
        output: try offers.offer(call.output, byteCount: call.byteCount))
    }
    memory = offers.memory
  }

  /// Looks at each buffer once, however many calls it is in.
  private struct Offers {
    let context: Context
    private(set) var memory: [Sharing] = []
    private var numbers: [Sharing: Int] = [:]
    private var known: [Range<UInt64>: BufferOffer] = [:]

    init(context: Context) { self.context = context }

    mutating func offer(_ address: UInt64, byteCount: Int) throws(CUDAError) -> BufferOffer {
      let range = address..<address + UInt64(byteCount)
      if let offer = known[range] { return offer }
      let (sharing, offset) = try Sharing.find(address, byteCount: byteCount, in: context)
      let number = numbers[sharing] ?? memory.count
      if number == memory.count {
        memory.append(sharing)
        numbers[sharing] = number
      }
      let offer = BufferOffer(address: address, memory: number, offset: offset)
      known[range] = offer
      return offer
    }
  }

  /// A kernel would work on as many bytes of all ranks' buffers as this rank's call has.
  ///
  /// - Throws: where the rank that makes this offer has not captured such calls.
  func check(_ rank: Int, hasCallsOf sizes: [Int]) throws(CustomAllReduceError) {
    guard calls.count == sizes.count else {
      throw .invalidArgument(
        "rank \(rank) has captured \(calls.count) calls with buffers to register, and this one "
          + "\(sizes.count)")
    }
    for (number, (call, size)) in zip(calls, sizes).enumerated() where call.byteCount != size {
      throw .invalidArgument(
        "rank \(rank) has captured \(call.byteCount) bytes as call \(number) of those with buffers "
          + "to register, and this one \(size)")
    }
  }

  /// All pieces of mapped memory, each once, in the order in which their descriptors are sent.
  var pieces: [MappedPiece] {
    var known: Set<MappedPiece> = []
    return memory.flatMap { sharing -> [MappedPiece] in
      guard case .pieces(let pieces) = sharing else { return [] }
      return pieces.filter { known.insert($0).inserted }
    }
  }
}

// MARK: as bytes

extension CaptureOffer {
  /// - Throws: where they are more than ranks can tell each other.
  func encoded() throws(CUDAError) -> [UInt8] {
    var writer = ByteWriter()
    writer.append(UInt32(memory.count))
    for sharing in memory { sharing.append(to: &writer) }
    writer.append(UInt32(calls.count))
    for call in calls {
      writer.append(UInt64(call.byteCount))
      for buffer in [call.input, call.output] {
        writer.append(buffer.address)
        writer.append(UInt32(buffer.memory))
        writer.append(UInt64(buffer.offset))
      }
    }
    guard writer.bytes.count <= Self.mostBytes else {
      throw .invalidArgument(
        "to tell where the buffers of \(calls.count) captured calls are takes "
          + "\(writer.bytes.count) bytes, of which \(Self.mostBytes) can be sent: capture fewer "
          + "calls, or take their buffers from fewer and larger allocations")
    }
    return writer.bytes
  }

  init(bytes: [UInt8]) throws(ExchangeError) {
    var reader = ByteReader(bytes)
    var memory: [Sharing] = []
    for _ in 0..<(try reader.read(UInt32.self)) { memory.append(try Sharing(from: &reader)) }
    func buffer(_ reader: inout ByteReader) throws(ExchangeError) -> BufferOffer {
      let offer = BufferOffer(
        address: try reader.read(), memory: Int(try reader.read(UInt32.self)),
        offset: try reader.readCount())
      guard memory.indices.contains(offer.memory) else {
        throw ExchangeError("a rank has a buffer in memory that it does not tell of")
      }
      return offer
    }
    var calls: [Call] = []
    for _ in 0..<(try reader.read(UInt32.self)) {
      calls.append(
        Call(
          byteCount: try reader.readCount(), input: try buffer(&reader),
          output: try buffer(&reader)))
    }
    self.init(memory: memory, calls: calls)
  }
}

extension Sharing {
  func append(to writer: inout ByteWriter) {
    switch self {
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
    switch try reader.read(UInt8.self) {
    case 0: self = .handle(try reader.readBytes())
    case 1:
      var pieces: [MappedPiece] = []
      for _ in 0..<(try reader.read(UInt32.self)) {
        pieces.append(
          MappedPiece(address: try reader.read(), byteCount: try reader.readCount()))
      }
      self = .pieces(pieces)
    case 2: self = .none(try reader.readText())
    case let kind: throw ExchangeError("a rank shares memory in a way that is none: \(kind)")
    }
  }
}
