internal import CollectiveInterface
internal import Collectives

/// Calls that the library takes together.
let groupCases: [Case] = [
  Case("several-communicators") { try severalCommunicators($0) },
  Case("nested-groups") { try nestedGroups($0) },
  Case("group-throws") { try groupThrows($0) },
  Case("group-of-all") { try groupOfAll($0) },
  Case("simulate") { try simulate($0) },
]

/// Two communicators, whose ranks are in opposite orders, in one group on two streams.
private func severalCommunicators(_ member: Member) throws {
  let (n, last) = (member.nRanks, member.nRanks - 1)
  let (one, two) = (try member.sharedID(), try member.sharedID())
  let first = try member.communicator(one, member.rank, n)
  let second = try member.communicator(two, last - member.rank, n)
  let streams = [try member.accelerator.makeStream(), try member.accelerator.makeStream()]
  for round in 0..<20 {
    let send = try member.accelerator.makeBuffer(
      [Int32](repeating: Int32(member.rank + round), count: 1000))
    let sum = try member.accelerator.makeBuffer(of: Int32.self, count: 1000)
    let gathered = try member.accelerator.makeBuffer(of: Int32.self, count: 1000 * n)
    try member.library.group { () throws(CommunicatorError) in
      try first.allReduce(send, into: sum, on: streams[0])
      try second.allGather(send, into: gathered, on: streams[1])
    }
    try first.waitUntilFinished(streams[0], timeout: member.timeout)
    try second.waitUntilFinished(streams[1], timeout: member.timeout)
    let total = Int32((0..<n).reduce(0) { $0 + $1 + round })
    member.findings.expect(
      try sum.array().allSatisfy { $0 == total }, "round \(round): the sums are not \(total)")
    let found = try gathered.array()
    for rank in 0..<n {
      let value = Int32(last - rank + round)
      member.findings.expect(
        found[rank * 1000..<(rank + 1) * 1000].allSatisfy { $0 == value },
        "round \(round): block \(rank) is \(found[rank * 1000]), not \(value)")
    }
  }
  try first.destroy()
  try second.destroy()
}

/// Groups in groups: the outermost counts.
private func nestedGroups(_ member: Member) throws {
  try member.withCommunicator { communicator in
    let stream = try member.accelerator.makeStream()
    let n = member.nRanks
    let peers = (next: (member.rank + 1) % n, previous: (member.rank + n - 1) % n)
    let send = try member.accelerator.makeBuffer([Int32(member.rank)])
    let receive = try member.accelerator.makeBuffer(of: Int32.self, count: 1)
    let sum = try member.accelerator.makeBuffer(of: Int32.self, count: 1)
    let library = member.library
    try library.group { () throws(CommunicatorError) in
      try library.group { () throws(CommunicatorError) in
        try communicator.send(send, to: peers.next, on: stream)
      }
      try library.group { () throws(CommunicatorError) in
        try communicator.receive(into: receive, from: peers.previous, on: stream)
        try library.group { () throws(CommunicatorError) in
          try communicator.allReduce(send, into: sum, on: stream)
        }
      }
    }
    try communicator.waitUntilFinished(stream, timeout: member.timeout)
    member.findings.expect(try receive.array() == [Int32(peers.previous)], "the message")
    member.findings.expect(try sum.array() == [Int32(n * (n - 1) / 2)], "the sum")
  }
}

/// A body that throws on every rank: nothing of the group is done, and everything goes on, but for
/// communicators of a real library that do not block, which it takes for failed.
private func groupThrows(_ member: Member) throws {
  guard member.isBlocking || member.isHost else { return try groupThrowsWithoutBlocking(member) }
  try member.withCommunicator { communicator in
    let stream = try member.accelerator.makeStream()
    let send = try member.accelerator.makeBuffer([Int32(1), 2, 3])
    let receive = try member.accelerator.makeBuffer([Int32(-1), -1, -1])
    let wrong = try member.accelerator.makeBuffer(of: Int32.self, count: 2)
    for depth in 1...2 {
      member.expectError("a group whose body throws", containing: "3 elements do not fit into 2") {
        try member.library.group { () throws(CommunicatorError) in
          try communicator.allReduce(send, into: receive, on: stream)
          if depth == 2 {
            try member.library.group { () throws(CommunicatorError) in
              try communicator.allReduce(send, into: wrong, on: stream)
            }
          } else {
            try communicator.allReduce(send, into: wrong, on: stream)
          }
        }
      }
      try communicator.waitUntilFinished(stream, timeout: member.timeout)
      member.findings.expect(
        try receive.array() == [-1, -1, -1], "a group that was given up has written")
    }
    try member.expectWorks(
      communicator, Array(0..<member.nRanks), "after a group that was given up")
  }
}

private func groupThrowsWithoutBlocking(_ member: Member) throws {
  let communicator = try member.communicator()
  let stream = try member.accelerator.makeStream()
  let send = try member.accelerator.makeBuffer([Int32(1), 2, 3])
  let receive = try member.accelerator.makeBuffer([Int32(-1), -1, -1])
  member.expectError("a group whose body throws", containing: "is not one of the ranks") {
    try member.library.group { () throws(CommunicatorError) in
      try communicator.allReduce(send, into: receive, on: stream)
      try communicator.send(send, to: member.nRanks, on: stream)
    }
  }
  member.expectError("a wait after it", containing: "reports") {
    try communicator.waitUntilFinished(stream, timeout: member.timeout)
  }
  member.findings.expect(!communicator.isUsable, "the communicator has not been aborted")
  member.findings.expect(
    try receive.array() == [-1, -1, -1], "a group that was given up has written")
  try member.withCommunicator {
    try member.expectWorks($0, Array(0..<member.nRanks), "made after a group that was given up")
  }
}

/// Collectives, sends and receives in one group.
private func groupOfAll(_ member: Member) throws {
  try member.withCommunicator { communicator in
    let stream = try member.accelerator.makeStream()
    let n = member.nRanks
    let own = try member.accelerator.makeBuffer([Float(member.rank), 1])
    let sums = try (0..<8).map { _ in try member.accelerator.makeBuffer(of: Float.self, count: 2) }
    let all = try member.accelerator.makeBuffer(of: Float.self, count: 2 * n)
    try member.library.group { () throws(CommunicatorError) in
      for sum in sums { try communicator.allReduce(own, into: sum, on: stream) }
      for peer in 0..<n {
        try communicator.send(own, to: peer, on: stream)
        try communicator.receive(into: all[2 * peer..<2 * peer + 2], from: peer, on: stream)
      }
    }
    try communicator.waitUntilFinished(stream, timeout: member.timeout)
    let total = [Float(n * (n - 1) / 2), Float(n)]
    for sum in sums { member.findings.expect(try sum.array() == total, "a sum of the group") }
    let expected: [Float] = (0..<n).flatMap { [Float($0), 1] }
    member.findings.expect(try all.array() == expected, "the messages of the group")
  }
}

private func simulate(_ member: Member) throws {
  try member.withCommunicator { communicator in
    let stream = try member.accelerator.makeStream()
    let send = try member.accelerator.makeBuffer([Int32](repeating: 1, count: 1000))
    let receive = try member.accelerator.makeBuffer([Int32](repeating: -1, count: 1000))
    guard member.library.isAvailable(.groupSimulateEnd), member.isBlocking else {
      member.expectUnsupported("a simulation") {
        _ = try member.library.simulateGroup { () throws(CommunicatorError) in
          try communicator.allReduce(send, into: receive, on: stream)
        }
      }
      return
    }
    let time = try member.library.simulateGroup { () throws(CommunicatorError) in
      try communicator.allReduce(send, into: receive, on: stream)
    }
    member.findings.expect(time > 0, "the estimated time is \(time)")
    try communicator.waitUntilFinished(stream, timeout: member.timeout)
    member.findings.expect(try receive.array().allSatisfy { $0 == -1 }, "a simulation has written")
    try member.expectWorks(communicator, Array(0..<member.nRanks), "after a simulation")
  }
}
