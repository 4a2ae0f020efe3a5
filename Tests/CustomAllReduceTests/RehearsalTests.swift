import TestSupport
import Testing

/// The host's half on a driver that keeps a journal: what is made is given back, in the right order,
/// wherever a call fails.
@Suite(.serialized) struct RehearsalTests {
  /// What gives back what a call has made.
  private static let ends = [
    "cuDevicePrimaryCtxRetain": "cuDevicePrimaryCtxRelease_v2", "cuMemAlloc_v2": "cuMemFree_v2",
    "cuMemHostAlloc": "cuMemFreeHost", "cuIpcOpenMemHandle_v2": "cuIpcCloseMemHandle",
    "cuModuleLoadData": "cuModuleUnload", "cuStreamCreateWithPriority": "cuStreamDestroy_v2",
    "cuStreamEndCapture": "cuGraphDestroy", "cuEventCreate": "cuEventDestroy_v2",
    "nvrtcCreateProgram": "nvrtcDestroyProgram", "cuMemAddressReserve": "cuMemAddressFree",
    "cuMemMap": "cuMemUnmap", "cuMemCreate": "cuMemRelease",
    "cuMemRetainAllocationHandle": "cuMemRelease", "cuMemImportFromShareableHandle": "cuMemRelease",
  ]

  /// What was never given back, and what was given back without having been made.
  private func imbalance(_ journal: [RehearsalRound.Entry]) -> [String] {
    var live: [String: Int] = [:]
    var wrong: [String] = []
    let ends = Set(Self.ends.values)
    for entry in journal {
      if let end = Self.ends[entry.call] {
        live["\(end) \(entry.handle)", default: 0] += 1
      } else if ends.contains(entry.call) {
        let key = "\(entry.call) \(entry.handle)"
        live[key, default: 0] -= 1
        if live[key, default: 0] < 0 { wrong.append(key) }
      }
    }
    return wrong + live.filter { $0.value > 0 }.map { "\($0.key) is missing" }
  }

  /// Memory of another process that was still open when its owner freed it.
  private func freedTooSoon(_ rounds: [RehearsalRound]) -> [String] {
    var freed: [UInt64: UInt64] = [:]
    for entry in rounds.flatMap(\.journal) where entry.call == "cuMemFree_v2" {
      freed[entry.handle] = entry.time
    }
    return rounds.flatMap { round in
      var open: [UInt64: UInt64] = [:]
      var wrong: [String] = []
      for entry in round.journal {
        if entry.call == "cuIpcOpenMemHandle_v2" { open[entry.handle] = entry.address }
        guard entry.call == "cuIpcCloseMemHandle", let memory = open[entry.handle] else { continue }
        if let time = freed[memory], time < entry.time { wrong.append("memory \(memory)") }
      }
      return wrong
    }
  }

  /// By round, what the processes had of it.
  private func byRound(_ processes: [[RehearsalRound]]) -> [[RehearsalRound]] {
    processes[0].indices.map { round in processes.map { $0[round] } }
  }

  private func check(_ processes: [[RehearsalRound]], nRanks: Int) throws {
    let rounds = byRound(processes)
    // Every call that can fail has failed once; the last round is one more.
    #expect(rounds.count > 60)
    for round in rounds {
      let outcomes = round.flatMap(\.outcomes).sorted { $0.rank < $1.rank }
      #expect(outcomes.map(\.rank) == Array(0..<nRanks))
      let failed = outcomes.compactMap(\.failed).first
      let what = Comment(
        rawValue: "\(round[0].memory), call \(round[0].failing), \(failed ?? "none")")
      for outcome in outcomes { #expect(outcome.openDescriptors == 0, what) }
      // One rank's no is everybody's.
      for outcome in outcomes { #expect(outcome.refusals == outcomes[0].refusals, what) }
      // The last rank's, or that of others about it.
      for refusal in outcomes[0].refusals {
        #expect(
          refusal.hasPrefix("rank \(nRanks - 1): ")
            || refusal.contains(": the memory of rank \(nRanks - 1) cannot be opened: "), what)
      }
      for outcome in outcomes { #expect(outcome.errors["setup"] == nil, what) }
      #expect(
        Set(outcomes.map { $0.errors["capture"] }).count == 1, "captures that differ: \(what)")
      // Who cannot ask its device whether there was a failure leaves the others to their time-out,
      // and all keep what may still be used.
      guard !["cuCtxSynchronize", "cuMemcpyDtoH_v2"].contains(failed) else { continue }
      for process in round { #expect(imbalance(process.journal).isEmpty, what) }
      for outcome in outcomes { #expect(outcome.errors["close"] == nil, what) }
      #expect(freedTooSoon(round).isEmpty, what)
    }
  }

  @Test("Ranks as processes, each call failing once", arguments: [2, 3])
  func processes(nRanks: Int) throws {
    let processes =
      try nRanks == 2 ? Rehearsal.twoProcesses.get() : Rehearsal.processes(nRanks)
    try check(processes, nRanks: nRanks)
    let rounds = byRound(processes)
    func causes(
      _ memory: String = "allocated", _ text: (RehearsalRound.Outcome) -> String?
    ) -> Set<String> {
      Set(
        rounds.filter { $0[0].memory == memory }.compactMap { round in
          let last = round.flatMap(\.outcomes).first { $0.failed != nil }
          return last.flatMap { text($0) == nil ? nil : $0.failed }
        })
    }
    // What stops a setup, a call and a capture.
    let setup = causes { $0.refusals.first }
    #expect(
      setup.isSuperset(of: [
        "cuDeviceGetUuid", "nvmlDeviceGetP2PStatus", "nvrtcCompileProgram", "cuModuleLoadData",
        "cuMemHostAlloc", "cuMemAlloc_v2", "cuIpcGetMemHandle", "cuIpcOpenMemHandle_v2",
        "cuLaunchKernelEx", "cuMemsetD8Async",
      ]), "\(setup)")
    #expect(causes { $0.errors["call"] }.contains("cuLaunchKernelEx"))
    #expect(causes { $0.errors["call in another stream"] }.contains("cuStreamWaitEvent"))
    #expect(
      causes { $0.errors["capture"] }.isSuperset(of: [
        "cuStreamBeginCapture_v2", "cuStreamEndCapture", "cuIpcGetMemHandle",
        "cuIpcOpenMemHandle_v2", "cuMemcpyHtoD_v2",
      ]))
    guard nRanks == 2 else { return }
    // Mapped memory: its descriptors are made, sent, opened and mapped.
    let mapped = causes("mapped") { $0.errors["capture"] }
    #expect(
      mapped.isSuperset(of: [
        "cuMemGetAddressRange_v2", "cuMemRetainAllocationHandle", "cuMemExportToShareableHandle",
        "cuMemImportFromShareableHandle", "cuMemAddressReserve", "cuMemMap", "cuMemSetAccess",
      ]), "\(mapped)")
  }

  @Test("Ranks as threads, each call failing once")
  func threads() throws {
    let processes = try Rehearsal.threads(2)
    try check(processes, nRanks: 2)
    let rounds = processes[0]
    let calls = try #require(rounds.first { $0.memory == "allocated" }).journal.map(\.call)
    // Peers of one process have addresses: nothing is opened, access is enabled both ways.
    #expect(!calls.contains("cuIpcOpenMemHandle_v2"))
    // Nor does a driver without handles matter.
    let handleless = try #require(
      rounds.first { $0.outcomes.contains { $0.failed == "cuIpcGetMemHandle" } })
    #expect(handleless.outcomes.allSatisfy { $0.refusals.isEmpty && $0.errors.isEmpty })
    #expect(calls.filter { $0 == "cuCtxEnablePeerAccess" }.count == 2)
    // Mapped memory stays where it is; the peer's device is allowed to use it.
    let unshared = try #require(rounds.first { $0.memory == "unshared" })
    for outcome in unshared.outcomes {
      let text = outcome.errors["capture"]
      #expect(text?.contains("is in memory that other ranks cannot open") == true, "\(text ?? "")")
    }
    let mapped = try #require(rounds.first { $0.memory == "mapped" })
    #expect(!mapped.journal.map(\.call).contains("cuMemImportFromShareableHandle"))
    #expect(mapped.outcomes.allSatisfy { $0.errors.isEmpty })
  }

  @Test("A life's calls, in their order")
  func order() throws {
    let life = try #require(
      try Rehearsal.twoProcesses.get().first?.first { $0.memory == "allocated" })
    #expect(life.outcomes.flatMap(\.steps).allSatisfy { $0.error == nil })
    let calls = life.journal.map(\.call)
    let expected = [
      // The rehearsal's own context, streams and buffers.
      "cuDevicePrimaryCtxRetain", "cuStreamCreateWithPriority", "cuStreamCreateWithPriority",
      "cuMemAlloc_v2", "cuMemAlloc_v2",
      // Setup: kernels, the report, the workspace, the peer's workspace.
      "nvrtcCreateProgram", "nvrtcDestroyProgram", "cuModuleLoadData", "cuMemHostAlloc",
      "cuMemAlloc_v2", "cuIpcOpenMemHandle_v2",
      // Cleared, checked, armed.
      "cuStreamCreateWithPriority", "cuStreamDestroy_v2", "cuStreamCreateWithPriority",
      "cuLaunchKernelEx", "cuStreamDestroy_v2", "cuStreamCreateWithPriority",
      "cuStreamDestroy_v2",
      // Two calls, each with its comparison; an event between the streams.
      "cuLaunchKernelEx", "cuLaunchKernelEx", "cuEventCreate", "cuStreamWaitEvent",
      "cuEventDestroy_v2", "cuLaunchKernelEx", "cuLaunchKernelEx",
      // The slots; the capture; the peer's buffer.
      "cuMemAlloc_v2", "cuStreamCreateWithPriority", "cuStreamDestroy_v2", "cuLaunchKernelEx",
      "cuLaunchKernelEx", "cuStreamEndCapture", "cuIpcOpenMemHandle_v2", "cuGraphDestroy",
    ]
    #expect(Array(calls.prefix(expected.count)) == expected)
    // The end: both of the peer's are closed before this rank's workspace is freed.
    let end = Array(calls.dropFirst(expected.count))
    #expect(
      end.sorted() == [
        "cuCtxSynchronize", "cuDevicePrimaryCtxRelease_v2", "cuIpcCloseMemHandle",
        "cuIpcCloseMemHandle",
        // Slots, workspace, the rehearsal's buffers.
        "cuMemFreeHost", "cuMemFree_v2", "cuMemFree_v2", "cuMemFree_v2", "cuMemFree_v2",
        "cuModuleUnload",
        "cuStreamDestroy_v2", "cuStreamDestroy_v2",
      ])
    let workspace = try #require(
      life.journal.filter { $0.call == "cuMemAlloc_v2" }.dropFirst(2).first
    ).handle
    let freed = try #require(
      life.journal.firstIndex { $0.call == "cuMemFree_v2" && $0.handle == workspace })
    let closed = try #require(life.journal.lastIndex { $0.call == "cuIpcCloseMemHandle" })
    #expect(closed < freed)
    #expect(calls.last == "cuDevicePrimaryCtxRelease_v2")
  }

  @Test("Captured buffers that the driver does not share are refused on all ranks")
  func unshared() throws {
    for process in try Rehearsal.twoProcesses.get() {
      let round = try #require(process.first { $0.memory == "unshared" })
      let errors = try #require(round.outcomes.first).errors
      let text = try #require(errors["capture"])
      #expect(
        text.hasPrefix("the capture failed: rank 0: a captured buffer of rank 1 is in memory"))
      #expect(text.contains("rank 1: a captured buffer of rank 0 is in memory"), "\(text)")
      #expect(errors.count == 1, "everything else goes well: \(errors)")
    }
  }
}
