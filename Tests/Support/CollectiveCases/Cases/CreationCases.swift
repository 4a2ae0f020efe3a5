internal import CUDARuntime
internal import CollectiveInterface
internal import Collectives

/// How communicators come to be.
let creationCases: [Case] = [
  Case("information") { try information($0) },
  Case("scalable-init") { try scalable($0) },
  Case("init-all", hasNonBlocking: false) { try initAll($0) },
  Case("many-in-a-row") { try manyInARow($0) },
  Case("wrong-arguments", hasNonBlocking: false) { try wrongArguments($0) },
]

private func information(_ member: Member) throws {
  try member.withCommunicator { communicator in
    if member.library.isAvailable(.commCount) {
      member.findings.expect(try communicator.count() == member.nRanks, "the library's count")
    } else {
      member.expectUnsupported("count") { _ = try communicator.count() }
    }
    if member.library.isAvailable(.commUserRank) {
      member.findings.expect(try communicator.userRank() == member.rank, "the library's rank")
    }
    if member.library.isAvailable(.commDevice) {
      let device = try communicator.device()
      let expected = member.accelerator.context?.device.ordinal
      member.findings.expect(expected == nil || device == expected, "the device is \(device)")
    }
    if member.library.isAvailable(.getLastError) { _ = try communicator.lastError() }
    guard case .ready = try communicator.asyncState() else {
      return member.findings.fail("the state is \(try communicator.asyncState())")
    }
  }
}

private func scalable(_ member: Member) throws {
  try member.require(.commInitRankScalable)
  let count = min(2, member.nRanks)
  let ids = try (0..<count).map { index in
    let root = index * member.nRanks / count
    let bytes = member.rank == root ? try UniqueID(madeBy: member.library).bytes : []
    return try UniqueID(
      bytes: try member.meeting.broadcast(bytes, root: root), for: member.library)
  }
  var configuration = CommunicatorConfiguration()
  configuration.isBlocking = member.isBlocking
  let communicator = try Communicator(
    member.library, ids: ids, rank: member.rank, nRanks: member.nRanks, on: member.accelerator,
    configuration: configuration)
  try communicator.waitUntilReady(timeout: member.timeout)
  try member.expectWorks(communicator, Array(0..<member.nRanks), "with \(count) IDs")
  try communicator.destroy()
}

/// One thread with all devices, or so many ranks of a stand-in; the other ranks of the run look on.
private func initAll(_ member: Member) throws {
  try member.require(.commInitAll)
  if member.rank == 0 { try allOfOneThread(member) }
  try member.meeting.barrier()
}

private func allOfOneThread(_ member: Member) throws {
  let n = member.nRanks
  let communicators: [Communicator]
  if let context = member.accelerator.context {
    let devices = try (0..<n).map { try context.device.cuda.device($0) }
    communicators = try Communicator.all(
      member.library, on: try devices.map { try Context($0) })
  } else {
    communicators = try Communicator.all(member.library, hostRanks: n)
  }
  member.findings.expect(communicators.map(\.rank) == Array(0..<n), "the ranks of all devices")
  let streams = try communicators.map { try $0.accelerator.makeStream() }
  let buffers = try communicators.map { try $0.accelerator.makeBuffer([Int32($0.rank), 5]) }
  try member.library.group { () throws(CommunicatorError) in
    for (rank, communicator) in communicators.enumerated() {
      try communicator.allReduce(buffers[rank], on: streams[rank])
    }
  }
  for (rank, communicator) in communicators.enumerated() {
    try communicator.waitUntilFinished(streams[rank], timeout: member.timeout)
    let expected = [Int32(n * (n - 1) / 2), Int32(5 * n)]
    member.findings.expect(try buffers[rank].array() == expected, "the sum on rank \(rank)")
  }
  for communicator in communicators { try communicator.destroy() }
  member.expectError("no devices at all", containing: "one device or more") {
    _ = try Communicator.all(member.library, on: [])
  }
}

private func manyInARow(_ member: Member) throws {
  for round in 0..<5 {
    try member.withCommunicator {
      try member.expectWorks($0, Array(0..<member.nRanks), "communicator \(round)")
    }
  }
}

private func wrongArguments(_ member: Member) throws {
  let id = try UniqueID(madeBy: member.library)
  for (rank, nRanks) in [(-1, 2), (2, 2), (0, 0), (5, -1)] {
    member.expectError(
      "rank \(rank) of \(nRanks)", containing: "rank \(rank) is not one of \(nRanks)"
    ) {
      _ = try Communicator(
        member.library, id: id, rank: rank, nRanks: nRanks, on: member.accelerator)
    }
  }
  member.expectError("an ID of 5 bytes", containing: "128 bytes, not 5") {
    _ = try UniqueID(bytes: [1, 2, 3, 4, 5], for: member.library)
  }
  try member.withCommunicator { communicator in
    let stream = try member.accelerator.makeStream()
    let three = try member.accelerator.makeBuffer([Int32(1), 2, 3])
    let two = try member.accelerator.makeBuffer([Int32(1), 2])
    let n = member.nRanks
    let calls: [(String, () throws -> Void)] = [
      (
        "3 elements do not fit into 2", { try communicator.allReduce(three, into: two, on: stream) }
      ),
      ("the root \(n)", { try communicator.broadcast(three, root: n, on: stream) }),
      ("the root -1", { try communicator.reduce(three, into: three, root: -1, on: stream) }),
      ("the peer \(n)", { try communicator.send(three, to: n, on: stream) }),
      ("the peer -2", { try communicator.receive(into: three, from: -2, on: stream) }),
      (
        "\(n) blocks of 3 elements do not fit into 2",
        { try communicator.allGather(three, into: two, on: stream) }
      ),
      (
        "there are \(n + 1) counts",
        {
          let blocks = Blocks(counts: Array(repeating: 0, count: n + 1))
          try communicator.allToAllV(three, blocks, into: two, blocks, on: stream)
        }
      ),
      (
        "an exchange of \(n + 1) ranks",
        {
          let counts = Array(repeating: Array(repeating: 0, count: n + 1), count: n + 1)
          try communicator.allToAllV(three, into: two, try Exchange(counts: counts), on: stream)
        }
      ),
    ]
    for (text, call) in calls {
      guard let error = member.expectError(text, containing: text, call) else { continue }
      if case .invalidArgument = error.kind { continue }
      member.findings.expect(false, "\(text): \(error) is no invalidArgument")
    }
    try member.expectWorks(communicator, Array(0..<n), "after wrong arguments")
  }
}
