internal import Collectives

/// Waiting, with tasks and without.
let waitingCases: [Case] = [
  Case("ready") { try ready($0) },
  Case("finish") { try finish($0) },
  Case("watch") { try watch($0) },
]

private func ready(_ member: Member) throws {
  try member.withCommunicator { communicator in
    let timeout = member.timeout
    try blocking { try await communicator.ready(timeout: timeout) }
    guard case .ready = try communicator.asyncState() else {
      return member.findings.fail("not ready after ready")
    }
    try member.expectWorks(communicator, Array(0..<member.nRanks), "when it is ready")
  }
}

private func finish(_ member: Member) throws {
  try member.withCommunicator { communicator in
    let stream = try member.accelerator.makeStream()
    let count = 100_000
    let buffer = try member.accelerator.makeBuffer([Int32](repeating: 1, count: count))
    let timeout = member.timeout
    for round in 1...10 {
      try communicator.allReduce(buffer, on: stream)
      try blocking { try await communicator.finish(stream, timeout: timeout) }
      let expected = (0..<round).reduce(Int32(1)) { value, _ in value &* Int32(member.nRanks) }
      member.findings.expect(
        try buffer.array().allSatisfy { $0 == expected }, "round \(round) is not finished")
    }
  }
}

/// A watch that has nothing to tell disturbs nothing, and ends with its communicator.
private func watch(_ member: Member) throws {
  let told = Place<CommunicatorError>()
  try member.withCommunicator { communicator in
    communicator.watch(every: .milliseconds(1)) { told.put($0) }
    for _ in 0..<20 {
      try member.expectWorks(communicator, Array(0..<member.nRanks), "while it is watched")
    }
    // The others are not at their end before all are here.
    try member.meeting.barrier()
  }
  member.findings.expect(
    told.content == nil, "the watch found \(told.content.map { "\($0)" } ?? "")")
}
