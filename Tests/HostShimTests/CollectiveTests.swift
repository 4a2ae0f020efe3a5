import CollectiveInterface
import LibraryLoader
import Testing

/// The operations that all three vendors have, through each one's own symbols and numbers.
@Suite struct CollectiveTests {
  @Test(arguments: HostVendor.allCases)
  func allGather(vendor: HostVendor) throws {
    let results = try onAllRanks(3, of: vendor) { rank in
      try rank.collect(.allGather, [Int32(rank.rank), 7], receiving: 6) { $0.count = 2 }
    }
    #expect(results == Array(repeating: [0, 7, 1, 7, 2, 7], count: 3))
  }

  @Test(arguments: HostVendor.allCases)
  func broadcast(vendor: HostVendor) throws {
    let results = try onAllRanks(3, of: vendor) { rank in
      try rank.collect(.broadcast, [Int32(10 * rank.rank), 5], receiving: 2) {
        ($0.count, $0.root) = (2, 2)
      }
    }
    #expect(results == Array(repeating: [20, 5], count: 3))
  }

  @Test("Only the root's buffer is written", arguments: HostVendor.allCases)
  func reduce(vendor: HostVendor) throws {
    let results = try onAllRanks(3, of: vendor) { rank in
      try rank.collect(.reduce, [Int32(rank.rank + 1), -4], receiving: 2) {
        ($0.count, $0.root) = (2, 1)
        $0.op = try rank.code(.reductionOp, "prod")
      }
    }
    #expect(results == [[-1, -1], [6, -64], [-1, -1]])
  }

  @Test(arguments: HostVendor.allCases)
  func reduceScatter(vendor: HostVendor) throws {
    let results = try onAllRanks(3, of: vendor) { rank in
      try rank.collect(.reduceScatter, [1, 2, 3].map { $0 + Int32(rank.rank) }, receiving: 1) {
        $0.count = 1
        $0.op = try rank.code(.reductionOp, "sum")
      }
    }
    #expect(results == [[6], [9], [12]])
  }

  @Test("A ring of messages in a group", arguments: HostVendor.allCases)
  func sendAndReceive(vendor: HostVendor) throws {
    let results = try onAllRanks(4, of: vendor) { rank in
      var received: Int32 = -1
      var sent = Int32(100 + rank.rank)
      _ = try rank.library.call(.groupStart, CommunicatorArguments())
      try withUnsafeMutablePointer(to: &received) { received in
        try withUnsafeMutablePointer(to: &sent) { sent in
          var arguments = CollectiveArguments()
          arguments.comm = rank.comm
          arguments.count = 1
          arguments.dataType = try rank.code(.dataType, "int32")
          arguments.peer = (rank.rank + 1) % rank.count
          arguments.sendBuffer = UnsafeRawPointer(sent)
          try rank.library.enqueue(.send, arguments)
          arguments.peer = (rank.rank + rank.count - 1) % rank.count
          arguments.recvBuffer = UnsafeMutableRawPointer(received)
          try rank.library.enqueue(.recv, arguments)
          _ = try rank.library.call(.groupEnd, CommunicatorArguments())
        }
      }
      return received
    }
    #expect(results == [103, 100, 101, 102])
  }

  @Test("Work on a stream is done when the stream says so", arguments: HostVendor.allCases)
  func streams(vendor: HostVendor) throws {
    let results = try onAllRanks(2, of: vendor) { rank in
      typealias Create = @convention(c) (UnsafeMutablePointer<UnsafeMutableRawPointer?>) -> Int32
      typealias Take = @convention(c) (UnsafeMutableRawPointer?) -> Int32
      typealias Wait = @convention(c) (UnsafeMutableRawPointer?, Int32) -> Int32
      let library = rank.library
      var stream: UnsafeMutableRawPointer?
      guard try library.hostFunction("hostStreamCreate", as: Create.self)(&stream) == 0 else {
        throw Unexpected("no stream")
      }
      let synchronize = try library.hostFunction("hostStreamSynchronize", as: Wait.self)
      let buffer = UnsafeMutablePointer<Int32>.allocate(capacity: 1)
      defer { buffer.deallocate() }
      buffer.pointee = Int32(rank.rank + 1)
      var arguments = CollectiveArguments()
      arguments.comm = rank.comm
      arguments.count = 1
      arguments.dataType = try rank.code(.dataType, "int32")
      arguments.op = try rank.code(.reductionOp, "sum")
      arguments.sendBuffer = UnsafeRawPointer(buffer)
      arguments.recvBuffer = UnsafeMutableRawPointer(buffer)
      arguments.stream = stream
      try library.enqueue(.allReduce, arguments)
      let waited = synchronize(stream, 60_000)
      let queried = try library.hostFunction("hostStreamQuery", as: Take.self)(stream)
      let destroyed = try library.hostFunction("hostStreamDestroy", as: Take.self)(stream)
      return [buffer.pointee, waited, queried, destroyed]
    }
    #expect(results == [[3, 0, 0, 0], [3, 0, 0, 0]])
  }

  @Test("Of a communicator's rank and size", arguments: [HostVendor.nccl, .vccl])
  func properties(vendor: HostVendor) throws {
    let results = try onAllRanks(2, of: vendor) { rank in
      let comm = rank.comm
      return [
        try rank.library.integer(.commCount, of: comm),
        try rank.library.integer(.commUserRank, of: comm),
        try rank.library.integer(.commDevice, of: comm),
        try rank.library.integer(.commGetAsyncError, of: comm),
      ]
    }
    #expect(results == [[2, 0, 0, 0], [2, 1, 0, 0]])
  }

  // MARK: Mistakes

  @Test("Ranks that disagree are all told, with what they called", arguments: HostVendor.allCases)
  func differentCounts(vendor: HostVendor) throws {
    let results = try onRanks(2, of: vendor) { rank in
      try rank.collect(.allGather, [1, 2], receiving: 4) { $0.count = 1 + rank.rank }
    }
    for result in results {
      let error = try #require(result.refusal)
      #expect(error.codeName == "invalidUsage")
      #expect(error.text?.contains("CPU stand-in for \(error.vendor)") == true)
      if vendor != .succl {
        let words = try #require(error.lastError)
        #expect(words.hasPrefix("ncclAllGather: ") && words.contains("rank 1"), "\(words)")
      }
    }
  }

  @Test("Bytes that are no unique ID are refused at once", arguments: HostVendor.allCases)
  func wrongID(vendor: HostVendor) throws {
    let library = try vendor.load()
    let error = try #require(throws: CollectiveError.self) {
      try library.call(.commInitRank) {
        ($0.nRanks, $0.uniqueID) = (1, Array(repeating: 0xAB, count: 128))
      }
    }
    #expect(error.codeName == "invalidArgument")
    // It leaves no group open: the next call does its work.
    _ = try onAllRanks(1, of: vendor) { _ in 0 }
  }

  @Test("A call that is refused in a group fails the group", arguments: HostVendor.allCases)
  func refusedInAGroup(vendor: HostVendor) throws {
    let results = try onRanks(1, of: vendor) { rank in
      let library = rank.library
      _ = try library.call(.groupStart, CommunicatorArguments())
      var arguments = CollectiveArguments()
      (arguments.comm, arguments.dataType) = (rank.comm, 99)
      do { try library.enqueue(.allReduce, arguments) } catch {}
      _ = try library.call(.groupEnd, CommunicatorArguments())
    }
    #expect(results[0].refusal?.codeName == "invalidArgument")
  }

  @Test("Numbers that the vendor's header does not have", arguments: HostVendor.allCases)
  func unknownNumbers(vendor: HostVendor) throws {
    let results = try onAllRanks(1, of: vendor) { rank in
      [(99, 0), (0, 9), (0, 1 << 31)].map { type, op in
        var arguments = CollectiveArguments()
        (arguments.comm, arguments.dataType, arguments.op) = (rank.comm, type, op)
        do throws(CollectiveError) {
          try rank.library.enqueue(.allReduce, arguments)
          return "none"
        } catch {
          return error.codeName ?? "\(error.kind)"
        }
      }
    }
    #expect(results == [["invalidArgument", "invalidArgument", "invalidArgument"]])
  }
}
