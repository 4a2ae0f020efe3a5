import Collectives
import CustomAllReduce
import NCCLBindings
import Rendezvous
import TestSupport
import Testing
import Threads

/// Attached to communicators of the CPU stand-in, where it is off. `CollectivesTests` runs every type and
/// reduction through it.
@Suite struct CommunicatorTests {
  /// Runs a body on the ranks of a communicator, each a thread.
  private func onRanks<Value: Sendable>(
    _ nRanks: Int, _ body: @escaping @Sendable (Communicator, Rendezvous) throws -> Value
  ) throws -> [Value] {
    let library = try NCCLLibrary.load(path: productsDirectory() + "libnccl-host.so")
    let meetings = try Rendezvous.threads(nRanks)
    return try onThreads(nRanks) { rank in
      let communicator = try Communicator(library, meetings[rank], on: try .host(library))
      defer { try? communicator.abort() }
      let value = try body(communicator, meetings[rank])
      // Who aborts ends the work of the others.
      try meetings[rank].barrier()
      return value
    }.map { try $0.get() }
  }

  @Test("Calls go to the communicator, its own reductions too", arguments: [2, 4])
  func calls(nRanks: Int) throws {
    let sums = try onRanks(nRanks) { communicator, meeting in
      let allReduce = try CustomAllReduce(communicator, rendezvous: meeting)
      #expect(allReduce.rank == communicator.rank && allReduce.nRanks == nRanks)
      #expect(allReduce.refusals.count == 1)
      let stream = try communicator.accelerator.makeStream()
      let buffer = try communicator.accelerator.makeBuffer([Float(communicator.rank), 2, 3])
      let twice = ReductionOp.custom(try communicator.makePreMultipliedSum(Float(2)))
      try allReduce.allReduce(buffer, twice, on: stream)
      try communicator.waitUntilFinished(stream, timeout: .seconds(60))
      let decision = allReduce.explain(count: 4, dataType: .float32)
      guard case .declined(.off) = decision else {
        Issue.record("\(decision)")
        return [Float]()
      }
      try allReduce.close()
      return try buffer.array()
    }
    let ranks = Float(nRanks)
    for sum in sums { #expect(sum == [ranks * (ranks - 1), 4 * ranks, 6 * ranks]) }
  }

  @Test("Another communicator's rendezvous is refused")
  func otherRendezvous() throws {
    let other = try Rendezvous.threads(3)
    let errors = try onRanks(2) { communicator, _ in
      do throws(CustomAllReduceError) {
        _ = try CustomAllReduce(communicator, rendezvous: other[communicator.rank])
        return ""
      } catch { return "\(error)" }
    }
    #expect(
      errors
        == (0..<2).map {
          "rank \($0) of 2 of the communicator is rank \($0) of 3 of the rendezvous; "
            + "they are the same ranks"
        })
  }

  @Test("A rank that does not come to an exchange costs the communicator, not the thread")
  func missingRank() throws {
    let errors = try onRanks(2) { communicator, meeting in
      var text = ""
      if meeting.rank == 0 {
        let exchange = CommunicatorExchange(communicator, timeout: .milliseconds(200))
        do throws(ExchangeError) { try exchange.barrier() } catch { text = "\(error)" }
        #expect(!communicator.isUsable)
      }
      try meeting.barrier()
      return text
    }
    #expect(errors[0].contains("not done within 0.2 seconds"), "\(errors[0])")
  }
}
