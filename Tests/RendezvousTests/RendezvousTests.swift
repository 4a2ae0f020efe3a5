import Rendezvous
import Testing
import Threads

@Suite("Rendezvous", .timeLimit(.minutes(60)))
struct RendezvousTests {
  @Test(
    "All calls, many times", arguments: StoreKind.allCases, [1, 2, 5])
  func calls(kind: StoreKind, nRanks: Int) throws {
    let ranks = try kind.group(nRanks).map { Rendezvous($0, timeout: .seconds(60)) }
    let results = try onThreads(nRanks) { (rank) throws(RendezvousError) in
      var seen: [[[UInt8]]] = []
      for round in 0..<6 {
        seen.append(try ranks[rank].allGather([UInt8](repeating: UInt8(rank), count: round)))
        let own = [UInt8(rank), UInt8(round)]
        seen.append([try ranks[rank].broadcast(own, root: round % nRanks)])
        try ranks[rank].barrier()
      }
      return seen
    }
    let expected = (0..<6).flatMap { round in
      [
        (0..<nRanks).map { [UInt8](repeating: UInt8($0), count: round) },
        [[UInt8(round % nRanks), UInt8(round)]],
      ]
    }
    for result in results { #expect(result.value == expected) }
    // Only the last call's keys are still there.
    for call in 1..<18 {
      let keys = (0..<nRanks).map { "call-\(call)-rank-\($0)" }
      let error = failure { () throws(RendezvousError) in
        try ranks[0].store.get(keys, timeout: .zero)
      }
      #expect(error?.keys == keys)
    }
    try closeAll(ranks.map(\.store))
  }

  @Test("The ranks that do not come are named", arguments: StoreKind.allCases)
  func absent(kind: StoreKind) throws {
    let ranks = try kind.group(8).map { Rendezvous($0, timeout: .seconds(3)) }
    let present = [0, 1, 3, 4]
    let results = try onThreads(4) { (index) throws(RendezvousError) in
      try ranks[present[index]].barrier()
    }
    for result in results {
      #expect(result.error?.kind == .timeout)
      #expect(result.error?.ranks == [2, 5, 6, 7])
      #expect(
        result.error?.text
          == "ranks 2, 5-7 of 8 did not come within 3 s (call 1, barrier)")
    }
    // It is over for them: another call says the same, at once.
    #expect(
      failure { () throws(RendezvousError) in try ranks[3].allGather([]) }?.ranks == [2, 5, 6, 7])
    try closeAll(ranks.map(\.store))
  }

  @Test("Ranks that call different things are told which")
  func differentCalls() throws {
    let ranks = try Rendezvous.threads(2)
    let results = try onThreads(2) { (rank) throws(RendezvousError) in
      rank == 0
        ? try ranks[0].barrier()
        : try { () throws(RendezvousError) in
          _ = try ranks[1].broadcast([], root: 1)
        }()
    }
    // Each sees it from its own side, or is told by the other.
    for result in results {
      #expect(result.error?.kind == .disagreement)
      #expect(result.error?.ranks.sorted() == [0, 1])
      for part in ["in call 1, rank ", "barrier", "broadcast from root 1"] {
        #expect(result.error?.text.contains(part) == true)
      }
    }
  }

  @Test("A rank that goes in the middle ends the call of the others", arguments: StoreKind.allCases)
  func lost(kind: StoreKind) throws {
    var ranks = try kind.group(3).map { Rendezvous($0, timeout: .seconds(100)) }
    ranks.remove(at: 1)
    let rest = ranks
    let results = try onThreads(2) { (index) throws(RendezvousError) in try rest[index].barrier() }
    for result in results { #expect(result.error?.ranks == [1]) }
    try closeAll(rest.map(\.store))
  }

  @Test("Bad arguments are refused, and the next call works")
  func badArguments() throws {
    let rendezvous = try Rendezvous.threads(1)[0]
    for root in [-1, 1] {
      let error = failure { () throws(RendezvousError) in try rendezvous.broadcast([], root: root) }
      #expect(error?.text == "root is \(root); of 1 ranks the numbers are 0 to 0")
    }
    let large = [UInt8](repeating: 0, count: 1 << 20)
    let error = failure { () throws(RendezvousError) in try rendezvous.allGather(large) }
    #expect(error?.kind == .invalidArgument)
    let fitting = [UInt8](repeating: 5, count: 1 << 20 - 16)
    #expect(try rendezvous.allGather(fitting) == [fitting])
    #expect(throws: RendezvousError.self) { try Rendezvous.threads(0) }
    try rendezvous.close()
    #expect(failure { () throws(RendezvousError) in try rendezvous.barrier() }?.kind == .closed)
  }
}
