import CUDARuntime
import Collectives
import CustomAllReduce
import Foundation
import Rendezvous

/// What a rank does from its setup to its end, and what came of each step.
struct Life {
  let cuda: CUDA
  let journal: Journal
  /// The call of the last rank that fails; 0: none.
  let failing: Int
  /// What is captured.
  let memory: Memory

  /// Where captured buffers lie.
  enum Memory: String, Codable {
    /// In an allocation.
    case allocated
    /// In pieces of physical memory that are mapped.
    case mapped
    /// In memory that the driver does not share.
    case unshared
  }

  func run(_ meeting: Rendezvous) throws -> Outcome {
    let context = try Context(try cuda.device(meeting.rank))
    try context.makeCurrent()
    let streams = [try Stream(context), try Stream(context)]
    let own = try DeviceBuffer<Float>(context, count: 2048)
    let borrowed = UnsafeMutableRawPointer.allocate(byteCount: 12288, alignment: 16)
    defer { borrowed.deallocate() }
    let mapped =
      memory == .mapped
      ? try DeviceBuffer<UInt8>(
        context, mapping: (0..<3).map { _ in try PhysicalMemory(context, byteCount: 4096) }) : nil
    let buffer =
      switch memory {
      case .allocated: try DeviceBuffer<Float>(context, count: 3072)
      case .mapped, .unshared:
        DeviceBuffer<Float>(context, borrowing: mapped?.pointer ?? borrowed, count: 3072)
      }

    var refusals: [String] = []
    var steps = Steps()
    let isLast = meeting.rank == meeting.nRanks - 1
    try journal.fail(at: isLast ? failing : 0)
    var made: CustomAllReduce?
    steps.run("setup") {
      made = try CustomAllReduce(
        context, exchange: RendezvousExchange(meeting), options: Self.options)
    }
    if let allReduce = made {
      refusals = allReduce.refusals.map(\.description)
      // A rank goes on after an error as long as the others do.
      if refusals.isEmpty {
        steps.run("call") { try allReduce.allReduce(own, on: streams[0]) }
        steps.run("call in another stream") { try allReduce.allReduce(own, on: streams[1]) }
        steps.run("capture") {
          _ = try allReduce.capture(streams[0]) { (stream) throws(CustomAllReduceError) in
            // Across a border of what is mapped.
            try allReduce.allReduce(buffer[512..<1536], into: buffer[1536..<2560], on: stream)
          }
        }
      }
      steps.run("close") { try allReduce.close() }
    }
    made = nil
    let failed = try journal.failed()
    try journal.fail(at: 0)
    return Outcome(
      rank: meeting.rank, refusals: refusals, failed: failed, steps: steps.all,
      openDescriptors: Self.openDescriptors())
  }

  /// Of those that the fake driver has made.
  private static func openDescriptors() -> Int {
    let files = FileManager.default
    let names = (try? files.contentsOfDirectory(atPath: "/proc/self/fd")) ?? []
    return names.count { name in
      let target = try? files.destinationOfSymbolicLink(atPath: "/proc/self/fd/\(name)")
      return target?.contains("fake-memory") ?? false
    }
  }

  static var options: CustomAllReduce.Options {
    var options = CustomAllReduce.Options()
    options.cacheDirectory = ""
    options.dataTypes = [.float32]
    options.maxByteCount = 1 << 16
    options.comparesCalls = true
    let push = SelectionTable.Launch(.oneShotPush, threads: 64, blocks: 4)
    let pull = SelectionTable.Launch(.pullAndPush, threads: 64, blocks: 4)
    options.selection = try? SelectionTable([.init(upTo: .max, push, registered: pull)])
    return options
  }
}
