import CKernelEmulation
import TestSupport
import Testing

@testable import CustomAllReduce

/// The kernels' own sources, on fibers, with stores that arrive late and in any order.
@Suite struct ProtocolTests {
  /// Words in which everything happens: numbers, signed zeros, NaNs that look armed, infinities,
  /// subnormal numbers.
  static func words(_ count: Int, _ generator: inout SeededGenerator) -> [UInt32] {
    let special: [UInt32] = [
      0x8000_0000, 0, 0xFFFF_FFFF, 0x7FC0_0001, 0x7F80_0000, 0xFF80_0000, 1, 0x8000_0001,
    ]
    return (0..<count).map { _ in
      Int.random(in: 0..<4, using: &generator) == 0
        ? special[Int.random(in: 0..<special.count, using: &generator)]
        : Float.random(in: -100...100, using: &generator).bitPattern
    }
  }

  /// The sum of all ranks in their order, as 32-bit hardware makes it.
  static func sum(_ ranks: [[UInt32]]) -> [UInt32] {
    ranks[0].indices.map { index in
      ranks.dropFirst().reduce(Float(bitPattern: ranks[0][index])) {
        $0 + Float(bitPattern: $1[index])
      }.bitPattern
    }
  }

  static func isSame(_ left: UInt32, _ right: UInt32) -> Bool {
    // Which NaN comes of an addition is the hardware's choice, on the CPU too.
    left == right || Float(bitPattern: left).isNaN && Float(bitPattern: right).isNaN
  }

  /// Calls of all kernels and many sizes in a row.
  static func mixed(_ count: Int, nRanks: Int, _ generator: inout SeededGenerator) -> [Emulation
    .Call]
  {
    (0..<count).map { _ in
      let kernel = AllReduceKernel.allCases.randomElement(using: &generator) ?? .oneShotPush
      return Emulation.Call(
        kernel, packs: Int.random(in: 1...(2 * nRanks), using: &generator),
        blocks: Int.random(in: 1...3, using: &generator),
        threads: kernel == .pullAndPush ? nRanks : Int.random(in: 1...2, using: &generator),
        isInPlace: Bool.random(using: &generator))
    }
  }

  static func inputs(
    _ calls: [Emulation.Call], nRanks: Int, _ generator: inout SeededGenerator
  ) -> [[[UInt32]]] {
    calls.map { call in (0..<nRanks).map { _ in words(4 * call.packs, &generator) } }
  }

  @Test(arguments: 2...8, [UInt64](1...6))
  func everyRankGetsTheSum(nRanks: Int, seed: UInt64) {
    var generator = SeededGenerator(seed: seed * 100 + UInt64(nRanks))
    let calls = Self.mixed(7, nRanks: nRanks, &generator)
    let inputs = Self.inputs(calls, nRanks: nRanks, &generator)
    // The turns pass their highest number on the way.
    let outcome = Emulation(nRanks: nRanks, seed: seed, firstTurn: .max - 2).run(calls, inputs)
    #expect(outcome.result == KernelEmulationDone)
    #expect(outcome.reports.allSatisfy { $0.code == 0 })
    for (call, (inputs, outputs)) in zip(inputs, outcome.outputs).enumerated() {
      let expected = Self.sum(inputs)
      for output in outputs {
        #expect(zip(output, expected).allSatisfy(Self.isSame), "call \(call): \(calls[call])")
        #expect(output == outputs[0], "the ranks differ in call \(call): \(calls[call])")
      }
    }
  }

  @Test func allKernelsGiveTheSameBits() {
    var generator = SeededGenerator(seed: 5)
    for element in KernelElement.allCases {
      for operation in KernelOperation.allCases {
        let inputs = (0..<3).map { _ in Self.words(20, &generator) }
        let calls = AllReduceKernel.allCases.map {
          Emulation.Call($0, operation, packs: 5, threads: 3)
        }
        let outcome = Emulation(nRanks: 3, element: element, seed: 7)
          .run(calls, calls.map { _ in inputs })
        #expect(outcome.result == KernelEmulationDone)
        let first = outcome.outputs[0][0]
        let areSame = outcome.outputs.joined().allSatisfy { output in
          // Rounding to 16 bits leaves one NaN; in 32 bits it is the CPU's choice.
          element == .float32 ? zip(output, first).allSatisfy(Self.isSame) : output == first
        }
        #expect(areSame, "\(element) \(operation)")
      }
    }
  }

  @Test(
    arguments: [
      (.float16, 0x3C00_4000, 0x3C00_C000, 0x4000_0000),
      (.bfloat16, 0x3F80_4000, 0x3F80_C000, 0x4000_0000),
      // 1 and half of the last place: to even. Two subnormal numbers.
      (.float16, 0x3C00_0001, 0x1000_0001, 0x3C00_0002),
      (.bfloat16, 0x3F80_0001, 0x3B80_0001, 0x3F80_0002),
      // Signed zeros: -0 + -0 and -0 + 0.
      (.float16, 0x8000_8000, 0x8000_0000, 0x8000_0000),
      (.float32, 0x8000_0000, 0x8000_0000, 0x8000_0000),
    ] as [(KernelElement, UInt32, UInt32, UInt32)])
  func sixteenBits(
    _ element: KernelElement, _ left: UInt32, _ right: UInt32, _ expected: UInt32
  ) {
    for kernel in AllReduceKernel.allCases {
      let outcome = Emulation(nRanks: 2, element: element, seed: 1).run(
        [Emulation.Call(kernel, packs: 1)],
        [[Array(repeating: left, count: 4), Array(repeating: right, count: 4)]])
      #expect(outcome.result == KernelEmulationDone)
      #expect(outcome.outputs[0].joined().allSatisfy { $0 == expected })
    }
  }

  @Test(
    arguments: [
      (.sum, 6), (.product, 6), (.maximum, 3), (.minimum, 1), (.average, 2),
    ] as [(KernelOperation, Float)])
  func operations(_ operation: KernelOperation, _ expected: Float) {
    let inputs = [Float(1), 2, 3].map { Array(repeating: $0.bitPattern, count: 8) }
    for kernel in AllReduceKernel.allCases {
      let outcome = Emulation(nRanks: 3, seed: 3)
        .run([Emulation.Call(kernel, operation, packs: 2, threads: 3)], [inputs])
      #expect(outcome.outputs[0].joined().allSatisfy { $0 == expected.bitPattern })
    }
  }
}

/// What must be found out when something is wrong, and that these tests would find it.
@Suite struct FaultTests {
  /// Whether calls of which each takes what the one before made come to the right end.
  private static func run(_ fault: KernelEmulationFault, seed: UInt64) -> Bool {
    var generator = SeededGenerator(seed: seed)
    var calls = ProtocolTests.mixed(8, nRanks: 3, &generator)
    for index in calls.indices { calls[index].packs = 4 }
    let inputs = ProtocolTests.inputs(calls, nRanks: 3, &generator)
    let outcome = Emulation(
      nRanks: 3, seed: seed, fault: fault, isChained: true, stepLimit: 300_000
    ).run(calls, inputs)
    guard outcome.result == KernelEmulationDone else { return false }
    let expected = calls.reduce(inputs[0]) { ranks, _ in
      Array(repeating: ProtocolTests.sum(ranks), count: 3)
    }
    return outcome.outputs[0].allSatisfy { output in
      zip(output, expected[0]).allSatisfy(ProtocolTests.isSame)
    }
  }

  /// A protocol without one of its parts must not pass: else the emulation would prove nothing.
  @Test(
    arguments: [
      KernelEmulationFaultNoWait, KernelEmulationFaultNoArming, KernelEmulationFaultNoFence,
    ].map(\.rawValue))
  func aBrokenProtocolIsFound(fault: UInt32) {
    let fault = KernelEmulationFault(rawValue: fault)
    #expect((1...20).contains { !Self.run(fault, seed: $0) })
    #expect((1...20).allSatisfy { Self.run(KernelEmulationFaultNone, seed: $0) })
  }

  @Test(arguments: AllReduceKernel.allCases)
  func aSilentRankIsNamedByAllOthers(kernel: AllReduceKernel) throws {
    var generator = SeededGenerator(seed: 2)
    let calls = Array(repeating: Emulation.Call(kernel, packs: 6, blocks: 2, threads: 3), count: 4)
    let inputs = ProtocolTests.inputs(calls, nRanks: 3, &generator)
    let outcome = Emulation(
      nRanks: 3, seed: 9, silent: (rank: 1, calls: 2), timeout: 200_000, stepLimit: 40_000_000
    ).run(calls, inputs)
    // Everything ended; the arenas are not as they should be, and nobody uses them again.
    #expect(outcome.result == KernelEmulationUnclean)
    for rank in [0, 2] {
      let report = outcome.reports[rank]
      let words = [
        report.abort, report.code, report.origin, report.turn, report.details.0, report.details.1,
      ]
      let failure = try #require(FailureReport.failure(words))
      // Whoever was first: it waited for the silent rank, or for one that did.
      guard case .timedOut(let missing) = failure.cause else {
        Issue.record("\(failure)")
        continue
      }
      #expect(!missing.isEmpty && !missing.contains(failure.origin))
      #expect(failure.turn == 2)
    }
  }

  @Test func unregisteredBuffersAreNotTouched() {
    let outcome = Emulation(nRanks: 3, seed: 1, isUnregistered: true, timeout: 100_000)
      .run(
        [Emulation.Call(.pullAndPush, packs: 4, threads: 3)],
        [
          Array(repeating: Array(repeating: 1, count: 16), count: 3)
        ])
    #expect(outcome.reports.allSatisfy { $0.code == 5 })
    #expect(outcome.outputs[0].joined().allSatisfy { $0 == 0xDEAD_BEEF })
  }

  @Test func callsInAnotherOrderAreFound() throws {
    var generator = SeededGenerator(seed: 4)
    let small = Emulation.Call(.oneShotPush, packs: 2)
    let large = Emulation.Call(.oneShotPush, .maximum, packs: 5)
    let calls = [[small, small], [large, small], [small, large]]
    let inputs = calls.map { $0.map { ProtocolTests.words(4 * $0.packs, &generator) } }
    var origins: Set<UInt32> = []
    for seed in 1...10 as ClosedRange<UInt64> {
      let outcome = Emulation(nRanks: 2, seed: seed, comparesCalls: true).run(byRank: calls, inputs)
      #expect(outcome.result == KernelEmulationUnclean)
      for report in outcome.reports {
        // Three is the code of different calls; the second is found, before it is launched.
        #expect(report.code == 3 && report.turn == 1)
        // Who found it names its own call first.
        let found = report.origin == 0 ? [large, small] : [small, large]
        #expect(
          [report.details.0, report.details.1] == found.map(Emulation.description(of:)))
        origins.insert(report.origin)
      }
    }
    #expect(origins == [0, 1])
    let same = Emulation(nRanks: 2, seed: 1, comparesCalls: true)
      .run([small, small], Array(inputs.prefix(1)) + Array(inputs.prefix(1)))
    #expect(same.result == KernelEmulationDone)
  }
}
