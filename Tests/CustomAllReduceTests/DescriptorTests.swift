import Foundation
import Rendezvous
import TestSupport
import Testing
import Threads

@testable import CustomAllReduce

/// Descriptors between sockets of one process, which are no other than those between processes; the
/// rehearsal sends some between those.
@Suite struct DescriptorTests {
  /// A file whose text tells it from others.
  private static func makeFile(_ text: String) throws -> Descriptor {
    let path = try TemporaryDirectory().file("descriptor")
    try Data(text.utf8).write(to: URL(filePath: path))
    let number = open(path, O_RDONLY | O_CLOEXEC)
    try #require(number >= 0)
    return Descriptor(owning: number)
  }

  private static func text(_ number: Int32) -> String {
    var bytes = [UInt8](repeating: 0, count: 64)
    let count = pread(number, &bytes, bytes.count, 0)
    return String(decoding: bytes.prefix(max(count, 0)), as: UTF8.self)
  }

  private func label(_ rank: Int, _ round: Int) -> DescriptorMailbox.Label {
    DescriptorMailbox.Label(rank: UInt32(rank), round: UInt32(round))
  }

  @Test func messagesAreToldApartByTheirLabels() throws {
    let (sender, receiver) = (try DescriptorMailbox(), try DescriptorMailbox())
    try sender.send(
      [Self.makeFile("b"), Self.makeFile("c")], as: label(1, 1), to: receiver.address, of: 1)
    try sender.send([Self.makeFile("a")], as: label(1, 0), to: receiver.address, of: 1)
    try sender.send([], as: label(2, 0), to: receiver.address, of: 1)
    let first = try receiver.receive(label(1, 0), count: 1)
    let second = try receiver.receive(label(1, 1), count: 2)
    #expect((first + second).map { Self.text($0.number) } == ["a", "b", "c"])
    #expect(try receiver.receive(label(2, 0), count: 0).isEmpty)
    for descriptor in first + second {
      #expect(fcntl(descriptor.number, F_GETFD) & FD_CLOEXEC != 0)
    }
  }

  @Test func whoDoesNotKnowTheSecretIsNotHeard() throws {
    let receiver = try DescriptorMailbox(patience: .milliseconds(200))
    let stranger = try DescriptorMailbox()
    let wrong = receiver.address.dropLast() + [receiver.address.last.map { $0 ^ 1 } ?? 0]
    try stranger.send([Self.makeFile("x")], as: label(0, 0), to: Array(wrong), of: 1)
    #expect {
      try receiver.receive(label(0, 0), count: 1)
    } throws: { "\($0)".hasPrefix("no file descriptors came from rank 0 within 0.2 seconds") }
    #expect(throws: ExchangeError.self) {
      try stranger.send([], as: label(0, 0), to: [1, 2, 3], of: 1)
    }
  }

  @Test func aWrongNumberIsAnError() throws {
    let receiver = try DescriptorMailbox()
    try receiver.send([Self.makeFile("a")], as: label(0, 0), to: receiver.address, of: 1)
    #expect {
      try receiver.receive(label(0, 0), count: 2)
    } throws: { "\($0)".hasPrefix("1 file descriptors came from rank 0, and not 2; perhaps") }
  }

  @Test func aFullSocketHoldsTheSenderForSoLongOnly() throws {
    let sender = try DescriptorMailbox(patience: .milliseconds(100))
    let receiver = try DescriptorMailbox()
    let file = try Self.makeFile("a")
    #expect {
      for round in 0..<10_000 {
        try sender.send([file], as: label(0, round), to: receiver.address, of: 1)
      }
    } throws: {
      "\($0)".hasPrefix("file descriptors cannot be sent to rank 1: it does not read them")
    }
  }

  /// What each rank got of each other: its peers' files in their order, or an error.
  private func exchange(
    _ counts: [Int], failing: Int? = nil
  ) throws -> [Result<[[String]], CustomAllReduceError>] {
    let meetings = try Rendezvous.threads(counts.count, timeout: .seconds(20))
    return try onThreads(counts.count) { (rank) throws(CustomAllReduceError) in
      var received = counts.map { _ in [String]() }
      try DescriptorExchange(
        exchange: RendezvousExchange(meetings[rank]),
        isElsewhere: counts.indices.map { $0 != rank }, counts: counts
      ).run(
        make: { (index) throws(CustomAllReduceError) in
          guard rank != failing || index < 20, let file = try? Self.makeFile("\(rank) \(index)")
          else { throw .invalidArgument("no descriptor \(index)") }
          return dup(file.number)
        },
        take: { peer, descriptor in received[peer].append(Self.text(descriptor)) })
      return received
    }
  }

  @Test(arguments: [[0, 20, 37], [16, 16], [1, 0], [40, 3, 17, 33]])
  func everyRankGetsThoseOfAllOthersInOrder(counts: [Int]) throws {
    for (rank, received) in try exchange(counts).enumerated() {
      let expected = counts.enumerated().map { peer, count in
        peer == rank ? [] : (0..<count).map { "\(peer) \($0)" }
      }
      #expect(try received.get() == expected)
    }
  }

  @Test func oneRanksFailureIsEverybodys() throws {
    for result in try exchange([3, 30, 20], failing: 1) {
      #expect {
        try result.get()
      } throws: { "\($0)" == "the capture failed: rank 1: no descriptor 20" }
    }
  }
}
