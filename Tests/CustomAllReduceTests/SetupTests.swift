import CUDARuntime
import Rendezvous
import TestSupport
import Testing
import Threads

@testable import CustomAllReduce

@Suite struct EligibilityTests {
  private static func rank(_ number: UInt8) -> RankDescription {
    RankDescription(
      host: "host",
      device: DeviceUUID(bytes: Array(repeating: number, count: 16)),
      capability: ComputeCapability(major: 9, minor: 0), configuration: "table 1")
  }

  private static func ranks(_ count: Int) -> [RankDescription] {
    (0..<count).map { rank(UInt8($0)) }
  }

  @Test(arguments: 2...8) func alikeRanksMay(count: Int) {
    #expect(Eligibility.refusals(Self.ranks(count)).isEmpty)
  }

  @Test func aDescriptionSurvivesTheExchange() throws {
    #expect(try RankDescription(bytes: Self.rank(3).bytes) == Self.rank(3))
    #expect(throws: ExchangeError.self) {
      try RankDescription(bytes: Array(Self.rank(3).bytes.dropLast()))
    }
  }

  @Test func everyObstacleIsNamed() {
    func refusals(_ change: (inout RankDescription) -> Void) -> [String] {
      var ranks = Self.ranks(3)
      change(&ranks[2])
      return Eligibility.refusals(ranks).map(\.description)
    }
    #expect(refusals { $0.host = "other" } == ["rank 2: is on another host than rank 0"])
    #expect(
      refusals { $0.device = Self.rank(1).device }.first?.hasPrefix(
        "rank 2: has the same GPU as rank 1, GPU-01010101") == true)
    #expect(
      refusals { $0.capability = ComputeCapability(major: 7, minor: 5) } == [
        "rank 2: compute capability 7.5; the kernels need 8.0",
        "rank 2: compute capability 7.5; rank 0 has 9.0",
      ])
    #expect(
      refusals { $0.configuration = "table 2" } == [
        "rank 2: other options or kernels than rank 0: table 2, and there table 1"
      ])
    #expect(
      Eligibility.refusals(Self.ranks(1)).map(\.description) == [
        "there are 1 ranks; 2 to 8 can share memory"
      ])
    #expect(Eligibility.refusals(Self.ranks(9)).count == 1)
  }

  @Test func everyPairNeedsNVLinkBothWays() {
    func unlinked(_ isLinked: (Int, Int) -> Bool) -> [[Int]] {
      (0..<4).map { Eligibility.unlinkedPeers(of: $0, nRanks: 4, isLinked: isLinked) }
    }
    #expect(unlinked { _, _ in true } == [[], [], [], []])
    #expect(unlinked { ($0, $1) != (3, 1) } == [[], [3], [], [1]])
    #expect(unlinked { _, _ in false } == [[1, 2, 3], [0, 2, 3], [0, 1, 3], [0, 1, 2]])
  }
}

@Suite struct ExchangeTests {
  private func onRanks<Value: Sendable>(
    _ nRanks: Int, timeout: Duration = .seconds(60), without missing: Int? = nil,
    _ body: @escaping @Sendable (RendezvousExchange) throws -> Value
  ) throws -> [Result<Value, any Error>] {
    let exchanges = try Rendezvous.threads(nRanks, timeout: timeout).map(RendezvousExchange.init)
    let present = exchanges.filter { $0.rank != missing }
    return try onThreads(present.count) { index in try body(present[index]) }
  }

  @Test(arguments: [1, 2, 5]) func everyRankHasEverything(nRanks: Int) throws {
    let results = try onRanks(nRanks) { exchange in
      try (0..<200).map { round in
        try exchange.allGather(Array(repeating: UInt8(exchange.rank), count: round % 3))
      }
    }
    for result in results {
      for (round, pieces) in try result.get().enumerated() {
        let expected = (0..<nRanks).map { Array(repeating: UInt8($0), count: round % 3) }
        #expect(pieces == expected)
      }
    }
  }

  @Test func aRankThatDoesNotComeIsNamed() throws {
    let results = try onRanks(3, timeout: .seconds(2), without: 1) { exchange in
      // Nobody goes on as if nothing had been.
      _ = try? exchange.barrier()
      try exchange.barrier()
    }
    #expect(results.count == 2)
    for result in results {
      #expect {
        try result.get()
      } throws: { error in error is ExchangeError && "\(error)".contains("rank 1 of 3 did not come")
      }
    }
  }

  @Test func oneNoIsEverybodysNo() throws {
    let results = try onRanks(3) { exchange in
      let agreement = try exchange.agree { () throws(CustomAllReduceError) in
        if exchange.rank == 1 { throw .invalidArgument("no memory") }
        return [UInt8(exchange.rank)]
      }
      guard case .refused(let refusals) = agreement else { return [] as [Refusal] }
      return refusals
    }
    for result in results {
      #expect(try result.get() == [Refusal(rank: 1, reason: "no memory")])
    }
  }

  @Test func allYesesAreOneYes() throws {
    let results = try onRanks(3) { exchange in
      let agreement = try exchange.agree { () throws(CustomAllReduceError) in
        [UInt8(exchange.rank)]
      }
      guard case .all(let pieces) = agreement else { return [] as [[UInt8]] }
      return pieces
    }
    for result in results { #expect(try result.get() == [[0], [1], [2]]) }
  }

  @Test func bytesComeBackAsTheyWere() throws {
    var writer = ByteWriter()
    writer.append(UInt8(255))
    writer.append(Int32(-5))
    writer.append(UInt64.max - 1)
    writer.append("grün")
    writer.append([1, 2, 3] as [UInt8])
    var reader = ByteReader(writer.bytes)
    #expect(try reader.read(UInt8.self) == 255)
    #expect(try reader.read(Int32.self) == -5)
    #expect(try reader.read(UInt64.self) == .max - 1)
    #expect(try reader.readText() == "grün")
    #expect(try reader.readBytes() == [1, 2, 3])
    #expect(throws: ExchangeError.self) { try reader.read(UInt8.self) }
  }
}

@Suite struct FailureTests {
  @Test(
    arguments: [
      ([0, 1, 2, 7, 0b1010, 0], "rank 2, launch 7: nothing came in time from rank 1, 3"),
      ([1, 2, 0, 7, 0, 0], "rank 0, launch 7: aborted"),
      ([0, 4, 1, 0, 0b1, 0], "rank 1, launch 0: the memory of rank 0 cannot be reached"),
      ([0, 99, 1, 0, 0, 0], "rank 1, launch 0: unknown failure 99"),
    ] as [([UInt32], String)])
  func reports(_ words: [UInt32], _ text: String) {
    #expect(FailureReport.failure(words)?.description == text)
  }

  @Test func noCodeIsNoFailure() {
    #expect(FailureReport.failure([1, 0, 5, 5, 5, 5]) == nil)
  }

  @Test func callsSurviveBeingPacked() {
    for element in KernelElement.allCases {
      for operation in KernelOperation.allCases {
        for isTaken in [true, false] {
          let call = CallDescription(byteCount: 48 << 20, element, operation, isTaken: isTaken)
          #expect(CallDescription(word: call.word) == call)
        }
      }
    }
    // What only the fallback computes.
    let other = CallDescription(byteCount: 1 << 29 + 40, nil, nil, isTaken: false)
    #expect(CallDescription(word: other.word) == other)
    #expect(other.description == "? of 32 bytes of ?, by the fallback")
    let words: [UInt32] = [
      0, 3, 0, 1, CallDescription(byteCount: 64, .float32, .sum).word,
      CallDescription(byteCount: 128, .bfloat16, .maximum, isTaken: false).word,
    ]
    #expect(
      FailureReport.failure(words)?.description == "rank 0, launch 1: the ranks make different "
        + "calls: sum of 64 bytes of float32, and max of 128 bytes of bfloat16, by the fallback")
  }
}
