import CUDARuntime
import Collectives
import CustomAllReduce

/// One rank's stream and buffers, and how time is taken: many calls in a graph, which is launched
/// several times in a row; the median over launches, the largest over ranks.
struct Measurement {
  let exchange: any PeerExchange
  let stream: Stream
  let input: DeviceBuffer<UInt8>
  let output: DeviceBuffer<UInt8>

  init(_ context: Context, _ exchange: any PeerExchange, largest: Int) throws {
    self.exchange = exchange
    stream = try Stream(context)
    input = try DeviceBuffer(context, count: largest)
    output = try DeviceBuffer(context, count: largest)
    // Numbers that add without becoming special: 1.0039 in bfloat16 and in 32 bits.
    try input.fill(0x3F, in: stream)
    try stream.synchronize()
  }

  /// Microseconds a call. Every rank must call it. nil, on all ranks, if a rank cannot make the call.
  func time(
    _ byteCount: Int,
    capture: (Stream, @escaping (Stream) throws -> Void) throws -> Graph = Self.plainCapture,
    _ call: @escaping (Stream) throws -> Void
  ) throws -> Double? {
    let calls = byteCount <= 1 << 20 ? 100 : max(4, (100 << 20) / byteCount)
    let replays = byteCount <= 8 << 20 ? 15 : 7
    var graph: Graph?
    do {
      graph = try capture(stream) { stream in for _ in 0..<calls { try call(stream) } }
    } catch {
      say(exchange, "\(byteCount) bytes: \(error)")
    }
    guard try exchange.allGather([graph == nil ? 0 : 1]).allSatisfy({ $0 == [1] }), let graph else {
      return nil
    }
    let executable = try graph.instantiate()
    try executable.upload(in: stream)
    let marks = try (0...replays).map { _ in try Event(stream.context, isTimed: true) }
    try exchange.barrier()
    // The first launches begin at different times on the ranks.
    for _ in 0..<2 { try executable.launch(in: stream) }
    try marks[0].record(in: stream)
    for mark in marks.dropFirst() {
      try executable.launch(in: stream)
      try mark.record(in: stream)
    }
    try stream.synchronize()
    let times = try zip(marks, marks.dropFirst()).map { try $1.milliseconds(since: $0) }
    let mine = UInt64(times.sorted()[replays / 2] * 1e6 / Double(calls))
    let all = try exchange.allGather(withUnsafeBytes(of: mine) { Array($0) })
    return all.map { bytes in
      Double(bytes.reversed().reduce(UInt64(0)) { $0 << 8 | UInt64($1) }) / 1000
    }.max()
  }

  static func plainCapture(_ stream: Stream, _ body: @escaping (Stream) throws -> Void) throws
    -> Graph
  {
    try Graph.capture(stream) { (stream) throws(CUDAError) in
      do { try body(stream) } catch { throw .invalidArgument("\(error)") }
    }
  }

  /// Registers the buffers.
  static func registering(
    _ allReduce: CustomAllReduce
  ) -> (Stream, @escaping (Stream) throws -> Void) throws -> Graph {
    { stream, body in
      try allReduce.capture(stream) { (stream) throws(CustomAllReduceError) in
        do { try body(stream) } catch { throw .invalidArgument("\(error)") }
      }
    }
  }
}

extension Measurement {
  /// A sum by NCCL.
  func time(
    _ byteCount: Int, _ dataType: DataType = .bfloat16, by nccl: Communicator
  ) throws -> Double? {
    try time(byteCount) { stream in
      try nccl.allReduce(
        input.pointer, into: output.pointer, count: byteCount / dataType.byteCount,
        dataType: dataType, on: stream)
    }
  }

  /// A sum by NCCL on buffers that all ranks have registered together.
  func time(
    _ byteCount: Int, _ dataType: DataType, by nccl: Communicator, in windows: SymmetricBuffers
  ) throws -> Double? {
    try time(byteCount) { stream in
      try nccl.allReduce(
        windows.input.address, into: windows.output.address,
        count: byteCount / dataType.byteCount, dataType: dataType, on: stream)
    }
  }

  /// The same by one of our kernels.
  func time(
    _ byteCount: Int, by allReduce: CustomAllReduce, _ launch: SelectionTable.Launch
  ) throws -> Double? {
    let capture =
      launch.kernel == .pullAndPush ? Self.registering(allReduce) : Self.plainCapture
    return try time(byteCount, capture: capture) { stream in
      try allReduce.allReduce(
        input.pointer, into: output.pointer, count: byteCount / 2, dataType: .bfloat16,
        using: launch, on: stream)
    }
  }
}
