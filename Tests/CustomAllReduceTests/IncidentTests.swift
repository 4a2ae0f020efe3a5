import TestSupport
import Testing

/// What becomes of ranks when something goes wrong between them, on a driver that keeps a journal.
@Suite(.serialized) struct IncidentTests {
  /// What gives back what a rank of an all-reduce has: memory, the report, kernels.
  private func givenBack(_ round: RehearsalRound) -> [String] {
    let ends: Set = ["cuMemFree_v2", "cuMemFreeHost", "cuModuleUnload"]
    return round.journal.map(\.call).filter(ends.contains)
  }

  private func errors(_ round: RehearsalRound) -> [[String: String]] {
    round.outcomes.sorted { $0.rank < $1.rank }.map(\.errors)
  }

  @Test("After a failure nothing is given back, and the device is not waited for")
  func failure() throws {
    let round = try Rehearsal.incident("failure")
    let errors = errors(round)
    // Rank 1 knows, and does not come; rank 0 finds at the end that it is missing.
    #expect(errors[0].count == 1 && errors[1].count == 1, "\(errors)")
    #expect(errors[0]["close"]?.contains("rank 1 of 2 did not come") == true, "\(errors)")
    #expect(errors[1]["check"]?.hasPrefix("rank 0, launch 0: nothing came in time") == true)
    #expect(givenBack(round) == [])
    // The first context is rank 0's.
    let contexts = round.journal.filter { $0.call == "cuCtxSynchronize" }.map(\.handle)
    #expect(contexts == [0x1000])
  }

  @Test("Without an end nothing is given back")
  func dropped() throws {
    let round = try Rehearsal.incident("dropped")
    #expect(errors(round) == [[:], [:]])
    #expect(givenBack(round) == [])
  }

  @Test("An abort does not wait for a launch that waits for it")
  func abort() throws {
    let errors = try errors(Rehearsal.incident("abort"))
    #expect(errors[0].count == 1 && errors[0]["check"]?.contains("aborted") == true, "\(errors)")
    #expect(errors[1].isEmpty)
  }

  @Test("Ranks with other time-outs are refused")
  func timeouts() throws {
    for outcome in try Rehearsal.incident("timeouts").outcomes {
      let text = outcome.refusals.joined()
      #expect(text.hasPrefix("rank 1: other options or kernels than rank 0"), "\(text)")
      #expect(text.contains("waits for 31.0 seconds") && text.contains("waits for 30.0 seconds"))
    }
  }

  @Test("Captured calls of other sizes are refused on all ranks")
  func sizes() throws {
    let errors = try errors(Rehearsal.incident("sizes"))
    #expect(
      errors[0] == [
        "capture": "the capture failed: rank 0: rank 1 has captured 512 bytes as call 1 of those "
          + "with buffers to register, and this one 256; rank 1: rank 0 has captured 256 bytes as "
          + "call 1 of those with buffers to register, and this one 512"
      ])
    #expect(errors[1] == errors[0])
  }

  @Test("Another thread's capture is not registered")
  func otherCapture() throws {
    #expect(try errors(Rehearsal.incident("other-capture")) == [[:], [:]])
  }

  @Test("A call beside a capture waits for what the stream ran before it, or is refused")
  func beside() throws {
    for errors in try errors(Rehearsal.incident("beside")) {
      let text = errors["beside another capture"]
      #expect(errors.count == 1, "\(errors)")
      #expect(text?.contains("the stream that ran the last call is being captured") == true)
    }
  }

  @Test("Calls that are declined are compared too")
  func declined() throws {
    let round = try Rehearsal.incident("declined")
    for errors in errors(round) {
      #expect(errors["call"]?.contains("12 bytes are not a multiple of 16") == true, "\(errors)")
    }
    // The check of the setup and the comparison, of each rank.
    #expect(round.journal.count { $0.call == "cuLaunchKernelEx" } == 4)
  }
}
