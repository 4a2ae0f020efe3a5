import Collectives
import Testing

@testable import coll_perf

@Suite struct OperationTests {
  /// As nccl-tests' PERFORMANCE.md has them.
  @Test(arguments: [
    (Operation.allReduce, 8, 1.75), (.allReduce, 2, 1), (.allGather, 8, 0.875),
    (.reduceScatter, 4, 0.75), (.allToAll, 4, 0.75), (.gather, 4, 0.75), (.scatter, 2, 0.5),
    (.broadcast, 8, 1), (.reduce, 8, 1), (.sendReceive, 8, 1), (.allReduce, 1, 0),
  ])
  func busFactor(operation: Operation, nRanks: Int, factor: Double) {
    #expect(operation.busFactor(nRanks: nRanks) == factor)
  }

  @Test func blocksAreMultiplesOf16Bytes() throws {
    let layout = try Layout(.allGather, elements: 1000, elementSize: 2, nRanks: 3)
    #expect(layout.count == 328)
    #expect(layout.send == [328, 328, 328])
    #expect(layout.receive == [984, 984, 984])
    #expect(layout.inPlace.map { $0.map(\.send) } == [0, 328, 656])
    // Less than 16 bytes stay as they are.
    #expect(try Layout(.reduceScatter, elements: 6, elementSize: 2, nRanks: 3).count == 2)
  }

  @Test(arguments: Operation.allCases, 1...5)
  func everyRankReceivesWhatIsThere(operation: Operation, nRanks: Int) throws {
    let layout = try Layout(operation, elements: 4801, elementSize: 4, nRanks: nRanks)
    for rank in 0..<nRanks {
      let segments = operation.expectation(layout, rank: rank, nRanks: nRanks, root: nRanks - 1)
      let isReceiver = ![.reduce, .gather].contains(operation) || rank == nRanks - 1
      // The segments cover the buffer, once each element, and end within what is sent.
      #expect(segments.map(\.range.count).reduce(0, +) == (isReceiver ? layout.receive[rank] : 0))
      var end = 0
      for segment in segments {
        #expect(segment.range.lowerBound == end)
        end = segment.range.upperBound
        switch segment.source {
        case .rank(let sender, let start):
          #expect(start + segment.range.count <= layout.send[sender])
        case .allRanks(let start): #expect(start + segment.range.count <= layout.send[rank])
        }
      }
      if let places = layout.inPlace {
        #expect(places[rank].send + layout.send[rank] <= layout.capacity)
        #expect(places[rank].receive + layout.receive[rank] <= layout.capacity)
      }
    }
  }
}
