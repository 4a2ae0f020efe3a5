import CUDARuntime
import Collectives
import Testing

@testable import CustomAllReduce

@Suite struct SelectionTests {
  private static let text = """
    # up to bytes   kernel          threads   blocks
    1024            one-shot-push   64        16
    1048576         two-shot-push   512       132
    4194304         fallback
    67108864        fallback                            pull-and-push   512       64
    more            fallback

    """

  private func policy(
    _ text: String = text, nRanks: Int = 4, limit: Int = 1 << 20, takesEverything: Bool = false
  ) throws -> SelectionPolicy {
    SelectionPolicy(
      table: try SelectionTable(text: text), nRanks: nRanks, maxByteCount: limit,
      dataTypes: [.float32, .bfloat16], takesEverything: takesEverything)
  }

  private func plan(
    _ policy: SelectionPolicy, _ byteCount: Int, isRegistered: Bool = false
  ) -> Decision.Plan? {
    let decision = policy.decide(
      byteCount: byteCount, dataType: .float32, isAligned: true, isRegistered: isRegistered)
    guard case .taken(let plan) = decision else { return nil }
    return plan
  }

  @Test func aTableIsWhatItsTextSays() throws {
    let table = try SelectionTable(text: Self.text)
    #expect(table.rows.count == 5)
    #expect(table.row(for: 1024)?.launch == .init(.oneShotPush, threads: 64, blocks: 16))
    #expect(table.row(for: 1025)?.launch?.kernel == .twoShotPush)
    #expect(table.row(for: 5 << 20)?.registered?.kernel == .pullAndPush)
    #expect(try SelectionTable(text: table.text) == table)
    #expect(table.text == Self.text)
  }

  @Test(
    arguments: [
      ("1024 one-shot-push 64", "line 1"), ("1024 three-shot-push 64 16", "three-shot-push"),
      ("16 fallback\n16 fallback", "sizes must rise: 16 is after 16"),
      ("16 one-shot-push 48 1", "48 threads; they are multiples of 32, at most 512"),
      ("16 one-shot-push 1024 1", "1024 threads"), ("16 one-shot-push 32 0", "0 blocks"),
      ("16 one-shot-push 32 257", "257 blocks"),
      ("16 pull-and-push 32 1", "for registered buffers alone"), ("x fallback", "line 1"),
    ])
  func aWrongTableIsRefused(_ text: String, _ words: String) {
    #expect {
      try SelectionTable(text: text)
    } throws: { error in "\(error)".contains(words) }
  }

  @Test(arguments: [
    ComputeCapability(major: 8, minor: 0), .init(major: 9, minor: 0), .init(major: 10, minor: 3),
  ])
  func thereIsATableForEverybody(_ capability: ComputeCapability) throws {
    for nRanks in 2...8 {
      let table = try SelectionTable.builtIn(for: capability, nRanks: nRanks)
      #expect(table.row(for: 16)?.launch?.kernel == .oneShotPush)
      let policy = SelectionPolicy(
        table: table, nRanks: nRanks, maxByteCount: 16 << 20, dataTypes: [.float32],
        takesEverything: false)
      // Every message that is taken has a place in the workspace.
      for shift in 4...29 {
        guard let plan = self.plan(policy, 1 << shift) else { continue }
        #expect(
          plan.launch.kernel.arenaBytes(plan.launchBytes, nRanks: nRanks) <= policy.arenaBytes)
        #expect(plan.launches * plan.launchBytes >= 1 << shift)
      }
    }
    let tables = try (2...8).map { try SelectionTable.builtIn(for: capability, nRanks: $0) }
    #expect(Set(tables[0...2]).count == 3)
    // Those that nobody measured have the next larger one's.
    #expect(tables[3] == tables[6] && tables[3] != tables[2])
  }

  @Test func sizesGoToTheirRows() throws {
    let policy = try policy()
    #expect(plan(policy, 16)?.launch.kernel == .oneShotPush)
    #expect(plan(policy, 1 << 20)?.launch.kernel == .twoShotPush)
    #expect(plan(policy, 2 << 20) == nil)
    #expect(plan(policy, 8 << 20) == nil)
    #expect(plan(policy, 8 << 20, isRegistered: true)?.launch.kernel == .pullAndPush)
    #expect(plan(policy, 128 << 20, isRegistered: true) == nil)
    #expect(plan(policy, 1 << 20, isRegistered: true)?.launch.kernel == .twoShotPush)
  }

  @Test func largeMessagesAreTakenInParts() throws {
    let policy = try policy("more two-shot-push 512 132", limit: 1 << 16)
    let plan = try #require(self.plan(policy, (1 << 18) + 16))
    #expect(plan.launchBytes == 1 << 16 && plan.launches == 5)
  }

  @Test func noMessageIsTooLargeToBeCounted() throws {
    let policy = try policy("more two-shot-push 512 132", limit: 1 << 16)
    let largest = Int.max / 16 * 16
    #expect(plan(policy, largest)?.launches == Int.max >> 16 + 1)
    #expect(plan(policy, 0)?.launches == 0)
  }

  @Test func withoutAFallbackEverythingIsTaken() throws {
    let policy = try policy(takesEverything: true)
    for byteCount in [2 << 20, 8 << 20, 1 << 30] {
      let plan = try #require(self.plan(policy, byteCount))
      #expect(plan.launch.kernel == .twoShotPush)
      #expect(plan.launches * plan.launchBytes >= byteCount)
      #expect(plan.launch.kernel.arenaBytes(plan.launchBytes, nRanks: 4) <= policy.arenaBytes)
    }
  }

  @Test func whatIsDeclinedHasAReason() throws {
    let policy = try policy()
    func reason(
      _ byteCount: Int, _ dataType: DataType = .float32, _ op: ReductionOp = .sum,
      isAligned: Bool = true
    ) -> String {
      "\(policy.decide(byteCount: byteCount, dataType: dataType, op, isAligned: isAligned, isRegistered: false))"
    }
    #expect(reason(20) == "fallback: 20 bytes are not a multiple of 16")
    #expect(reason(32, isAligned: false) == "fallback: an address is not a multiple of 16")
    #expect(reason(32, .float16) == "fallback: the options leave float16 out")
    #expect(reason(32, .int32, .maximum) == "fallback: there is no kernel for max of int32")
    #expect(reason(2 << 20) == "fallback: the table gives 2097152 bytes to the fallback")
    #expect(reason(32) == "one-shot-push, at most 16 blocks of 64 threads")
  }

  @Test func arenasHoldWhatKernelsPutThere() {
    #expect(AllReduceKernel.oneShotPush.arenaBytes(1024, nRanks: 4) == 4096)
    // 65 packs in slices of 17, twice for four ranks.
    #expect(AllReduceKernel.twoShotPush.arenaBytes(1040, nRanks: 4) == 2 * 4 * 17 * 16)
    #expect(AllReduceKernel.pullAndPush.arenaBytes(1 << 20, nRanks: 4) == 0)
  }
}
