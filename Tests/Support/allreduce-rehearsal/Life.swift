import CUDARuntime
import Collectives
import CustomAllReduce
import Rendezvous

/// What a rank does from its setup to its end, and what came of each step.
struct Life {
  let cuda: CUDA
  let journal: Journal
  /// The call of the last rank that fails; 0: none.
  let failing: Int
  /// Whether the capture is of memory that the driver does not share.
  let isUnshared: Bool

  /// A step and its error; nil: it went well.
  struct Step: Codable {
    let name: String
    let error: String?
  }

  /// What a round was for one rank.
  struct Outcome: Codable {
    let rank: Int
    let refusals: [String]
    let failed: String?
    let steps: [Step]
  }

  func run(_ meeting: Rendezvous) throws -> Outcome {
    let context = try Context(try cuda.device(meeting.rank))
    try context.makeCurrent()
    let streams = [try Stream(context), try Stream(context)]
    let own = try DeviceBuffer<Float>(context, count: 2048)
    let borrowed = UnsafeMutableRawPointer.allocate(byteCount: 8192, alignment: 16)
    defer { borrowed.deallocate() }
    let buffer =
      isUnshared ? DeviceBuffer<Float>(context, borrowing: borrowed, count: 2048) : own

    var refusals: [String] = []
    var steps: [Step] = []
    func step(_ name: String, _ body: () throws -> Void) {
      do {
        try body()
        steps.append(Step(name: name, error: nil))
      } catch {
        steps.append(Step(name: name, error: "\(error)"))
      }
    }
    let isLast = meeting.rank == meeting.nRanks - 1
    try journal.fail(at: isLast ? failing : 0)
    var made: CustomAllReduce?
    step("setup") {
      made = try CustomAllReduce(
        context, exchange: RendezvousExchange(meeting), options: options)
    }
    if let allReduce = made {
      refusals = allReduce.refusals.map(\.description)
      // A rank goes on after an error as long as the others do.
      if refusals.isEmpty {
        step("call") { try allReduce.allReduce(own, on: streams[0]) }
        step("call in another stream") { try allReduce.allReduce(own, on: streams[1]) }
        step("capture") {
          _ = try allReduce.capture(streams[0]) { (stream) throws(CustomAllReduceError) in
            try allReduce.allReduce(buffer[0..<1024], into: buffer[1024..<2048], on: stream)
          }
        }
      }
      step("close") { try allReduce.close() }
    }
    made = nil
    let failed = try journal.failed()
    try journal.fail(at: 0)
    return Outcome(rank: meeting.rank, refusals: refusals, failed: failed, steps: steps)
  }

  private var options: CustomAllReduce.Options {
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
