internal import CollectiveInterface
internal import Collectives

/// How communicators are divided, and come to their end.
let lifeCases: [Case] = [
  Case("split") { try split($0) },
  Case("shrink") { try shrink($0, .whenDone) },
  Case("shrink-aborting") { try shrink($0, .aborting) },
  Case("grow") { try grow($0) },
  Case("finalize-destroy") { try finalizeAndDestroy($0) },
  Case("abort") { try abort($0) },
  Case("drop") { try drop($0) },
  Case("revoke") { try revoke($0) },
  Case("suspend") { try suspend($0) },
]

private func split(_ member: Member) throws {
  try member.withCommunicator { communicator in
    guard member.library.isAvailable(.commSplit) else {
      return member.expectUnsupported("a split", containing: "commSplit") {
        _ = try communicator.split(color: 0)
      }
    }
    let n = member.nRanks
    // Every second rank, the last one first.
    let color = member.rank % 2
    let part = try communicator.split(color: color, key: -member.rank)
    let members = (0..<n).filter { $0 % 2 == color }.reversed()
    guard let part else { return member.findings.fail("a split with a color gave no part") }
    try member.expectWorks(part, Array(members), "a part")
    // All but one.
    let hasColor = member.rank != n - 1 || n == 1
    let rest = try communicator.split(color: hasColor ? 7 : nil)
    member.findings.expect((rest != nil) == hasColor, "a part for those with a color")
    if let rest {
      try member.expectWorks(rest, Array(0..<max(n - 1, 1)), "the part without the last rank")
      try rest.destroy()
    }
    try member.expectWorks(communicator, Array(0..<n), "what was split")
    try part.destroy()
    member.expectError("a negative color", containing: "-3 is negative") {
      _ = try communicator.split(color: -3)
    }
  }
}

private func shrink(_ member: Member, _ mode: Communicator.ShrinkMode) throws {
  guard member.nRanks > 1 else { throw Skip(reason: "one rank cannot be fewer") }
  let n = member.nRanks
  try member.withCommunicator { communicator in
    guard member.library.isAvailable(.commShrink) else {
      return member.expectUnsupported("shrinking") {
        _ = try communicator.shrink(without: [(member.rank + 1) % n], mode: mode)
      }
    }
    member.expectError("shrinking without oneself", containing: "not the caller") {
      _ = try communicator.shrink(without: [member.rank], mode: mode)
    }
    member.expectError("shrinking without a rank that is not", containing: "\(n + 5)") {
      _ = try communicator.shrink(without: [n + 5], mode: mode)
    }
    try member.expectWorks(communicator, Array(0..<n), "before")
    // One rank's shrinking may end what others are still at.
    try member.meeting.barrier()
    guard member.rank != 0 else {
      // To the others it has failed.
      return mode == .aborting ? try communicator.abort() : ()
    }
    let rest = try communicator.shrink(without: [0], mode: mode)
    try member.expectWorks(rest, Array(1..<n), "the rest")
    try rest.destroy()
  }
}

private func grow(_ member: Member) throws {
  try member.require(.commGrow)
  guard member.nRanks > 1 else { throw Skip(reason: "there is no rank to add") }
  let n = member.nRanks
  let id = try member.sharedID()
  let isNew = member.rank == n - 1
  let old = isNew ? nil : try member.communicator(id, member.rank, n - 1)
  let bytes = member.rank == 0 ? try old?.makeUniqueID().bytes ?? [] : []
  let joint = try UniqueID(bytes: try member.meeting.broadcast(bytes, root: 0), for: member.library)
  let grown =
    try old?.grow(to: n, id: member.rank == 0 ? joint : nil)
    ?? Communicator.grown(
      member.library, id: joint, rank: member.rank, nRanks: n, on: member.accelerator)
  try grown.waitUntilReady(timeout: member.timeout)
  try member.expectWorks(grown, Array(0..<n), "what has grown")
  try grown.destroy()
  try old?.destroy()
}

/// What every method of a communicator that is at its end says.
private func expectNotUsable(
  _ member: Member, _ communicator: Communicator, containing text: String
) throws {
  let stream = try member.accelerator.makeStream()
  let buffer = try member.accelerator.makeBuffer([Int32(1)])
  let calls: [(String, () throws -> Void)] = [
    ("allReduce", { try communicator.allReduce(buffer, on: stream) }),
    ("send", { try communicator.send(buffer, to: 0, on: stream) }),
    ("count", { _ = try communicator.count() }),
    ("asyncState", { _ = try communicator.asyncState() }),
    ("waitUntilReady", { try communicator.waitUntilReady() }),
    ("waitUntilFinished", { try communicator.waitUntilFinished(stream) }),
    ("finalize", { try communicator.finalize() }),
    ("split", { _ = try communicator.split(color: 0) }),
    ("register", { _ = try communicator.register(buffer) }),
  ]
  member.findings.expect(!communicator.isUsable, "it is usable after its end")
  for (name, call) in calls {
    guard let error = member.expectError("\(name) after the end", containing: text, call) else {
      continue
    }
    if case .notUsable = error.kind { continue }
    member.findings.expect(false, "\(name) after the end: \(error) is no notUsable")
  }
}

private func finalizeAndDestroy(_ member: Member) throws {
  let communicator = try member.communicator()
  try member.expectWorks(communicator, Array(0..<member.nRanks), "before the end")
  if member.library.isAvailable(.commFinalize) {
    try communicator.finalize()
    try communicator.waitUntilReady(timeout: member.timeout)
  } else {
    member.expectUnsupported("finalize") { try communicator.finalize() }
  }
  try communicator.destroy()
  try expectNotUsable(member, communicator, containing: "the communicator was destroyed")
  // Twice does nothing, and neither does an abort.
  try communicator.destroy()
  try communicator.abort()
}

private func abort(_ member: Member) throws {
  let communicator = try member.communicator()
  try member.expectWorks(communicator, Array(0..<member.nRanks), "before the end")
  // Nobody's abort disturbs what others are still at.
  try member.meeting.barrier()
  try communicator.abort()
  try expectNotUsable(member, communicator, containing: "the communicator was aborted")
  try communicator.abort()
  try communicator.destroy()
  try member.withCommunicator {
    try member.expectWorks($0, Array(0..<member.nRanks), "after an abort")
  }
}

/// A communicator that nobody has ended is ended with its last reference.
private func drop(_ member: Member) throws {
  for _ in 0..<3 {
    let communicator = try member.communicator()
    try member.expectWorks(communicator, Array(0..<member.nRanks), "before the end")
    try member.meeting.barrier()
  }
}

private func revoke(_ member: Member) throws {
  let communicator = try member.communicator()
  guard member.library.isAvailable(.commRevoke) else {
    member.expectUnsupported("revoke") { try communicator.revoke() }
    return try communicator.destroy()
  }
  try member.meeting.barrier()
  try communicator.revoke()
  member.findings.expect(!communicator.isUsable, "it is usable after it was revoked")
  let buffer = try member.accelerator.makeBuffer([Int32(1)])
  let stream = try member.accelerator.makeStream()
  member.expectError("allReduce after revoke", containing: "the communicator was revoked") {
    try communicator.allReduce(buffer, on: stream)
  }
  try member.meeting.barrier()
  if member.nRanks > 1, member.rank > 0, member.library.isAvailable(.commShrink) {
    let rest = try communicator.shrink(without: [0], mode: .aborting)
    try member.expectWorks(rest, Array(1..<member.nRanks), "what is left of what was revoked")
    try rest.destroy()
  }
  try communicator.destroy()
}

private func suspend(_ member: Member) throws {
  try member.require(.commSuspend)
  try member.withCommunicator { communicator in
    try communicator.suspend()
    try communicator.resume()
    try member.expectWorks(communicator, Array(0..<member.nRanks), "after suspend and resume")
  }
}
