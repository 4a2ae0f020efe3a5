import CUDARuntime
import Collectives
import CustomAllReduce
import Glibc
import Rendezvous
import Threads

/// Something that goes wrong between ranks while no call of the driver's fails.
struct Incident {
  let cuda: CUDA
  let journal: Journal
  let kind: Kind

  enum Kind: String, Codable {
    /// A kernel of the last rank gives up, which the others do not know when all close.
    case failure
    /// Nobody closes.
    case dropped
    /// A launch waits in the driver when another thread asks and aborts.
    case abort
    /// The ranks have different time-outs.
    case timeouts
    /// The ranks capture different sizes.
    case sizes
    /// Another thread captures memory that is not shared, while a capture is under way.
    case otherCapture = "other-capture"
    /// Calls run while another stream, which ran the last one, is captured: by `capture`, and
    /// without it.
    case beside
    /// A call that nobody takes is compared.
    case declined

    /// How long ranks wait for each other.
    var patience: Duration { self == .failure ? .seconds(5) : .seconds(20) }
  }

  func run(_ meeting: Rendezvous) throws -> Outcome {
    let rank = meeting.rank
    let context = try Context(try cuda.device(rank))
    var options = Life.options
    if kind == .timeouts { options.timeout = .seconds(30 + rank) }
    let allReduce = try CustomAllReduce(
      context, exchange: RendezvousExchange(meeting), options: options)
    let stream = try Stream(context)
    // The journal has the all-reduce's own memory alone.
    let memory = UnsafeMutableRawPointer.allocate(byteCount: 256, alignment: 16)
    defer { memory.deallocate() }
    let unshared = DeviceBuffer<Float>(context, borrowing: memory, count: 64)
    var steps = Steps()
    switch kind {
    case .failure:
      if rank == meeting.nRanks - 1 { try journal.launchReports(1) }
      steps.run("call") { try allReduce.allReduce(unshared, on: stream) }
      steps.run("check") { try allReduce.check() }
      steps.run("close") { try allReduce.close() }
    case .dropped:
      steps.run("call") { try allReduce.allReduce(unshared, on: stream) }
    case .abort:
      if rank == 0 { steps.run("abort") { try abort(allReduce, unshared, stream) } }
      steps.run("check") { try allReduce.check() }
    case .timeouts: break
    case .sizes:
      let buffer = try DeviceBuffer<Float>(context, count: 256)
      steps.run("capture") {
        _ = try allReduce.capture(stream) { (stream) throws(CustomAllReduceError) in
          try allReduce.allReduce(buffer[0..<64], on: stream)
          try allReduce.allReduce(buffer[0..<(64 << rank)], on: stream)
        }
      }
      steps.run("close") { try allReduce.close() }
    case .otherCapture:
      let buffer = try DeviceBuffer<Float>(context, count: 64)
      var other = Steps()
      steps.run("capture") {
        _ = try allReduce.capture(stream) { (stream) throws(CustomAllReduceError) in
          other.run("other capture") { try captureElsewhere(allReduce, unshared) }
          try allReduce.allReduce(buffer, on: stream)
        }
      }
      steps.append(other)
      steps.run("close") { try allReduce.close() }
    case .beside:
      let buffer = try DeviceBuffer<Float>(context, count: 64)
      let second = try Stream(context)
      steps.run("call") { try allReduce.allReduce(buffer, on: stream) }
      steps.run("beside a capture") {
        _ = try allReduce.capture(stream) { (stream) throws(CustomAllReduceError) in
          try allReduce.allReduce(buffer, on: stream)
          try allReduce.allReduce(buffer, on: second)
        }
      }
      steps.run("call again") { try allReduce.allReduce(buffer, on: stream) }
      steps.run("beside another capture") {
        _ = try Graph.capture(stream) { (_) throws(CUDAError) in
          try Self.call(allReduce, buffer, second)
        }
      }
      steps.run("close") { try allReduce.close() }
    case .declined:
      steps.run("call") { try allReduce.allReduce(unshared[0..<3], on: stream) }
    }
    return Outcome(
      rank: rank, refusals: allReduce.refusals.map(\.description), failed: nil, steps: steps.all,
      openDescriptors: 0)
  }

  /// Asks and aborts while a launch of another thread's waits for that.
  private func abort(
    _ allReduce: CustomAllReduce, _ buffer: DeviceBuffer<Float>, _ stream: CUDARuntime.Stream
  ) throws {
    let journal = journal
    let results = try onThreads(2) { thread in
      if thread == 0 {
        try journal.launchReports(2)
        try allReduce.allReduce(buffer, on: stream)
      } else {
        while try !journal.isWaiting() { usleep(1000) }
        _ = allReduce.explain(count: 64, dataType: .float32)
        try allReduce.check()
        allReduce.abort()
      }
    }
    for result in results { try result.get() }
  }

  /// A plain capture, from its beginning to its end, by another thread.
  private func captureElsewhere(
    _ allReduce: CustomAllReduce, _ buffer: DeviceBuffer<Float>
  ) throws {
    let results = try onThreads(1) { _ in
      _ = try Graph.capture(try Stream(buffer.context)) { (stream) throws(CUDAError) in
        try Self.call(allReduce, buffer, stream)
      }
    }
    for result in results { try result.get() }
  }

  /// A call in a plain capture, whose errors are the driver's.
  private static func call(
    _ allReduce: CustomAllReduce, _ buffer: DeviceBuffer<Float>, _ stream: CUDARuntime.Stream
  ) throws(CUDAError) {
    do throws(CustomAllReduceError) { try allReduce.allReduce(buffer, on: stream) } catch {
      throw .invalidArgument("\(error)")
    }
  }
}
