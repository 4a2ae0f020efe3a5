internal import CollectiveInterface
internal import Collectives
internal import Glibc

/// What goes wrong between ranks. Devices' libraries hang where the CPU stand-ins notice, so these
/// are for the stand-ins.
///
/// Ranks that give up end the calls of those that are slower. So all of them meet when they have
/// called, and wait after that.
let faultCases: [Case] = [
  Case("fault-absent", .fault) { try absent($0) },
  Case("fault-absent-at-init", .fault, hasNonBlocking: false) { try absentAtInit($0) },
  Case("fault-counts", .fault) { try wrongCounts($0) },
  Case("fault-id", .fault, hasNonBlocking: false) { try wrongID($0) },
  Case("fault-second-init", .fault, hasNonBlocking: false) { try secondInit($0) },
  Case("fault-group-throws", .fault) { try groupThrowsOnOne($0) },
  Case("fault-cancelled-finish", .fault) { try cancelledFinish($0) },
  Case("fault-cancelled-ready", .fault) { try cancelledReady($0) },
  Case("fault-watch-error", .fault) { try watchError($0) },
  Case("fault-watch-peer", .fault) { try watchPeer($0) },
  Case("fault-watch-reason", .fault) { try watchReason($0) },
  Case("fault-exit", .fault) { try leaves($0) },
  Case("fault-kill", .fatal, hasNonBlocking: false) { try killed($0) },
]

private func requireOthers(_ member: Member) throws {
  guard member.nRanks > 1 else { throw Skip(reason: "a single rank has no others") }
}

/// The last rank does not come to a collective; the others' time is up.
private func absent(_ member: Member) throws {
  try requireOthers(member)
  let last = member.nRanks - 1
  try member.fault {
    let communicator = try member.communicator()
    let stream = try member.accelerator.makeStream()
    if member.rank != last {
      let buffer = try member.accelerator.makeBuffer([Int32(1)])
      try communicator.allReduce(buffer, on: stream)
      try member.meeting.barrier()
      member.expectLost("a collective without rank \(last)", communicator) {
        try communicator.waitUntilFinished(stream, timeout: member.shortWait)
      }
      member.expectError("a call after that") { try communicator.allReduce(buffer, on: stream) }
    } else {
      try member.meeting.barrier()
    }
    try member.meeting.barrier()
    try communicator.abort()
  }
}

/// The last rank does not join. The library's own limit ends it, and its text names the rank.
private func absentAtInit(_ member: Member) throws {
  try requireOthers(member)
  guard let limit = getenv("HOST_COLLECTIVES_TIMEOUT_MS").flatMap({ Int(String(cString: $0)) }),
    limit <= 10_000
  else { throw Skip(reason: "HOST_COLLECTIVES_TIMEOUT_MS is not set to 10000 or less") }
  let last = member.nRanks - 1
  try member.fault {
    let id = try member.sharedID()
    guard member.rank != last else { return }
    // A library that gives no texts cannot name it.
    let name = member.library.isAvailable(.getLastError) ? "rank \(last)" : ""
    member.expectError("joining without rank \(last)", containing: name) {
      _ = try member.communicator(id, member.rank, member.nRanks)
    }
  }
}

/// Rank 0 has another count than the others: all are told.
private func wrongCounts(_ member: Member) throws {
  try requireOthers(member)
  try member.fault {
    let communicator = try member.communicator()
    let stream = try member.accelerator.makeStream()
    let buffer = try member.accelerator.makeBuffer(
      [Float](repeating: 1, count: member.rank == 0 ? 3 : 5))
    member.expectLost("other counts", communicator) {
      try communicator.allReduce(buffer, on: stream)
      try communicator.waitUntilFinished(stream, timeout: member.timeout)
    }
    try member.meeting.barrier()
    try communicator.abort()
  }
}

/// Bytes that no library made.
private func wrongID(_ member: Member) throws {
  try member.fault {
    let length = type(of: member.library).collectives.uniqueIDByteCount
    let nonsense = try UniqueID(bytes: (0..<length).map { UInt8($0) }, for: member.library)
    member.expectError("an ID of nobody's") {
      _ = try Communicator(
        member.library, id: nonsense, rank: member.rank, nRanks: member.nRanks,
        on: member.accelerator)
    }
    for length in [0, length - 1, length + 1] {
      member.expectError("an ID of \(length) bytes", containing: "not \(length)") {
        _ = try UniqueID(bytes: [UInt8](repeating: 1, count: length), for: member.library)
      }
    }
  }
}

/// An ID serves once: who comes again is refused, or finds nobody.
private func secondInit(_ member: Member) throws {
  try member.fault {
    let id = try member.sharedID()
    let communicator = try member.communicator(id, member.rank, member.nRanks)
    try member.meeting.barrier()
    if member.rank == 0 {
      member.expectError("an ID's second use") {
        _ = try member.communicator(id, 0, member.nRanks)
      }
    }
    try member.meeting.barrier()
    try member.expectWorks(communicator, Array(0..<member.nRanks), "what the ID's first use made")
    try communicator.destroy()
  }
}

/// The body of a group throws on the last rank alone; the others wait for its part.
private func groupThrowsOnOne(_ member: Member) throws {
  try requireOthers(member)
  let last = member.nRanks - 1
  try member.fault {
    let communicator = try member.communicator()
    let stream = try member.accelerator.makeStream()
    let send = try member.accelerator.makeBuffer([Int32(1), 2])
    let receive = try member.accelerator.makeBuffer([Int32(-1), -1])
    let small = try member.accelerator.makeBuffer([Int32(-1)])
    func group() throws {
      try member.library.group { () throws(CommunicatorError) in
        try communicator.allReduce(send, into: receive, on: stream)
        if member.rank == last { try communicator.allReduce(send, into: small, on: stream) }
      }
    }
    if member.rank == last {
      member.expectError("the body's error", containing: "2 elements do not fit into 1", group)
      member.findings.expect(communicator.isUsable, "its own communicator is at its end")
      try communicator.waitUntilFinished(stream, timeout: member.timeout)
      member.findings.expect(try receive.array() == [-1, -1], "a group that threw has written")
      try member.meeting.barrier()
    } else {
      try group()
      try member.meeting.barrier()
      member.expectLost("the part of rank \(last)", communicator) {
        try communicator.waitUntilFinished(stream, timeout: member.shortWait)
      }
    }
    try member.meeting.barrier()
    try communicator.abort()
  }
}

/// A task that waits is cancelled: its communicator is aborted.
private func cancelledFinish(_ member: Member) throws {
  try requireOthers(member)
  let last = member.nRanks - 1
  try member.fault {
    let communicator = try member.communicator()
    let stream = try member.accelerator.makeStream()
    if member.rank != last {
      let buffer = try member.accelerator.makeBuffer([Int32(1)])
      try communicator.allReduce(buffer, on: stream)
      try member.meeting.barrier()
      try expectCancelled(member, communicator) { () throws(CommunicatorError) in
        try await communicator.finish(stream)
      }
    } else {
      try member.meeting.barrier()
    }
    try member.meeting.barrier()
    try communicator.abort()
  }
}

private func cancelledReady(_ member: Member) throws {
  try requireOthers(member)
  guard !member.isBlocking else { throw Skip(reason: "a communicator that blocks is always ready") }
  let last = member.nRanks - 1
  try member.fault {
    let id = try member.sharedID()
    if member.rank != last {
      var configuration = CommunicatorConfiguration()
      configuration.isBlocking = false
      let communicator = try Communicator(
        member.library, id: id, rank: member.rank, nRanks: member.nRanks, on: member.accelerator,
        configuration: configuration)
      guard case .inProgress = try communicator.asyncState() else {
        return member.findings.fail("ready without rank \(last)")
      }
      try member.meeting.barrier()
      // One by time, the others by their task's end.
      if member.rank == 0 {
        member.expectLost(
          "ready without rank \(last)", communicator, naming: last == 1 ? "not done within" : ""
        ) {
          try communicator.waitUntilReady(timeout: member.shortWait)
        }
      } else {
        try expectCancelled(member, communicator) { () throws(CommunicatorError) in
          try await communicator.ready()
        }
      }
    } else {
      try member.meeting.barrier()
    }
    try member.meeting.barrier()
  }
}

/// - Note: The first rank's abort may be what another one's wait ends with.
private func expectCancelled(
  _ member: Member, _ communicator: Communicator,
  _ wait: @escaping @Sendable () async throws(CommunicatorError) -> Void
) throws {
  let task = Task<CommunicatorError?, Never> {
    do throws(CommunicatorError) { try await wait() } catch { return error }
    return nil
  }
  usleep(50_000)
  task.cancel()
  guard let error = try blocking({ await task.value }) else {
    return member.findings.fail("a task that was cancelled came to its end without an error")
  }
  switch error.kind {
  case .cancelled: break
  case .asynchronous, .device, .library:
    member.findings.expect(member.nRanks > 2, "a task that was cancelled: \(error)")
  default: member.findings.fail("a task that was cancelled: \(error)")
  }
  member.findings.expect(!communicator.isUsable, "a communicator is usable after that")
}

/// The library reports an error of another rank; the watch aborts, on every rank.
private func watchError(_ member: Member) throws {
  try requireOthers(member)
  guard member.library.isAvailable(.commGetAsyncError) else {
    throw Skip(reason: "the library reports no errors")
  }
  let last = member.nRanks - 1
  try member.fault {
    let communicator = try member.communicator()
    let stream = try member.accelerator.makeStream()
    let buffer = try member.accelerator.makeBuffer([Int32(1)])
    if member.rank == last {
      try member.meeting.barrier()
      try communicator.abort()
      return try member.meeting.barrier()
    }
    let told = Place<CommunicatorError>()
    communicator.watch(every: .milliseconds(5)) { told.put($0) }
    try communicator.allReduce(buffer, on: stream)
    try member.meeting.barrier()
    let found = try told.take()
    guard case .asynchronous = found.kind else {
      return member.findings.fail("the watch found \(found)")
    }
    member.findings.expect(!communicator.isUsable, "usable after the watch has found something")
    let later = member.expectError("a call after that", containing: found.text) {
      try communicator.allReduce(buffer, on: stream)
    }
    if let later, case .asynchronous = later.kind {
    } else {
      member.findings.fail("a call after that: \(later.map { "\($0)" } ?? "no error")")
    }
    try member.meeting.barrier()
  }
}

/// Says that a rank is lost from some time on.
private final class ToldMonitor: PeerMonitor {
  let word = Place<String>()
  /// What it was told itself.
  let heard = Place<String>()
  /// Whether it was asked.
  let asked = Place<Bool>()

  func problem() -> String? {
    asked.put(true)
    return word.content
  }

  func tell(_ problem: String) { heard.put(problem) }
}

/// Somebody else than the library notices that a rank is lost.
private func watchPeer(_ member: Member) throws {
  try requireOthers(member)
  let last = member.nRanks - 1
  try member.fault {
    let communicator = try member.communicator()
    let stream = try member.accelerator.makeStream()
    guard member.rank != last else {
      for _ in 0..<2 { try member.meeting.barrier() }
      return try communicator.abort()
    }
    let (told, monitor) = (Place<CommunicatorError>(), ToldMonitor())
    communicator.watch(peers: monitor, every: .milliseconds(5)) { told.put($0) }
    let buffer = try member.accelerator.makeBuffer([Int32(1)])
    try communicator.allReduce(buffer, on: stream)
    try member.meeting.barrier()
    monitor.word.put("rank \(last) has gone")
    let found = try told.take()
    // Another rank's abort may come before the monitor's word.
    switch found.kind {
    case .peerLost:
      member.findings.expect(found.text.contains("rank \(last) has gone"), "it says \(found)")
    case .asynchronous where member.nRanks > 2: break
    default: member.findings.fail("the watch found \(found)")
    }
    member.findings.expect(
      try monitor.heard.take() == found.text,
      "the peers were told \(monitor.heard.content ?? "nothing")")
    member.expectError("a call after that", containing: found.text) {
      try communicator.waitUntilFinished(stream, timeout: member.timeout)
    }
    try member.meeting.barrier()
  }
}

/// What the library reports may be only what followed: the error has the peers' word too.
private func watchReason(_ member: Member) throws {
  try requireOthers(member)
  let last = member.nRanks - 1
  try member.fault {
    let communicator = try member.communicator()
    let stream = try member.accelerator.makeStream()
    guard member.rank != last else {
      try member.meeting.barrier()
      try communicator.abort()
      for _ in 0..<2 { try member.meeting.barrier() }
      return
    }
    let monitor = ToldMonitor()
    // It looks once; the wait below finds what there is.
    communicator.watch(peers: monitor, every: .seconds(3600))
    _ = try monitor.asked.take()
    let buffer = try member.accelerator.makeBuffer([Int32(1)])
    try communicator.allReduce(buffer, on: stream)
    for _ in 0..<2 { try member.meeting.barrier() }
    monitor.word.put("rank \(last) had a reason")
    member.expectError("a wait for rank \(last)", containing: "rank \(last) had a reason") {
      try communicator.waitUntilFinished(stream, timeout: member.timeout)
    }
    try member.meeting.barrier()
  }
}

/// The last rank destroys its communicator while the others are in a collective.
private func leaves(_ member: Member) throws {
  try requireOthers(member)
  let last = member.nRanks - 1
  try member.fault {
    let communicator = try member.communicator()
    let stream = try member.accelerator.makeStream()
    try member.meeting.barrier()
    if member.rank == last {
      try communicator.destroy()
    } else {
      let buffer = try member.accelerator.makeBuffer([Int32](repeating: 1, count: 1000))
      member.expectLost("a collective that rank \(last) has left", communicator) {
        try communicator.allReduce(buffer, on: stream)
        try communicator.waitUntilFinished(stream, timeout: member.timeout)
      }
    }
    try member.meeting.barrier()
    try communicator.abort()
  }
}

/// The last rank is killed in the middle of a collective.
private func killed(_ member: Member) throws {
  try requireOthers(member)
  guard !member.settings.areThreads else { throw Skip(reason: "a thread cannot be killed") }
  let last = member.nRanks - 1
  try member.fault(survivors: Array(0..<last)) {
    let communicator = try member.communicator()
    let stream = try member.accelerator.makeStream()
    let buffer = try member.accelerator.makeBuffer([Float](repeating: 1, count: 4 << 20))
    if member.rank == last {
      try communicator.allReduce(buffer, on: stream)
      usleep(2000)
      kill(getpid(), SIGKILL)
    }
    member.expectLost("collectives with rank \(last), which is killed", communicator) {
      for _ in 0..<1000 {
        // A call that is refused does not end the communicator; the wait after it does.
        try? communicator.allReduce(buffer, on: stream)
        try communicator.waitUntilFinished(stream, timeout: .seconds(10))
      }
    }
  }
}
