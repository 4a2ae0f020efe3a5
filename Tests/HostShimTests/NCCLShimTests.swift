import CNCCLBindings
import CollectiveInterface
import Glibc
import LibraryLoader
import NCCLBindings
import Testing
import Threads

/// What of the vendors only NCCL has.
@Suite struct NCCLShimTests {
  private func load() throws -> NCCLLibrary { try NCCLLibrary.load(path: HostVendor.nccl.path) }

  @Test("Every rank sends each other a block")
  func allToAll() throws {
    let results = try onAllRanks(3, of: .nccl) { rank in
      try rank.collect(.allToAll, (0..<3).map { Int32(10 * rank.rank + $0) }, receiving: 3) {
        $0.count = 1
      }
    }
    #expect(results == [[0, 10, 20], [1, 11, 21], [2, 12, 22]])
  }

  @Test("To the root, and from it")
  func gatherAndScatter() throws {
    let results = try onAllRanks(2, of: .nccl) { rank in
      let gathered = try rank.collect(.gather, [Int32(rank.rank + 5)], receiving: 2) {
        ($0.count, $0.root) = (1, 1)
      }
      let scattered = try rank.collect(.scatter, [8, 9], receiving: 1) { $0.count = 1 }
      return [gathered, scattered]
    }
    #expect(results == [[[-1, -1], [8]], [[5, 6], [9]]])
  }

  @Test("A communicator's parts, and a rank that joins none")
  func split() throws {
    let results = try onAllRanks(3, of: .nccl) { rank -> [Int] in
      let part = try rank.library.call(.commSplit) {
        ($0.comm, $0.color, $0.key) = (rank.comm, rank.rank == 1 ? -1 : 4, -rank.rank)
      }
      guard let comm = part.handle else { return [] }
      defer { _ = try? rank.library.call(.commDestroy) { $0.comm = comm } }
      return [
        try rank.library.integer(.commCount, of: comm),
        try rank.library.integer(.commUserRank, of: comm),
      ]
    }
    #expect(results == [[2, 1], [], [2, 0]])
  }

  @Test(
    "The others go on without a rank, also after a revocation", arguments: ["default", "abort"])
  func shrink(flag: String) throws {
    let results = try onAllRanks(3, of: .nccl) { rank in
      guard rank.rank != 1 else { return 0 }
      let flag = try rank.code(.shrinkFlags, flag)
      var excluded: [Int32] = [1]
      let rest = try excluded.withUnsafeMutableBufferPointer { excluded in
        try rank.library.make(.commShrink) {
          ($0.comm, $0.excludedRanks, $0.nExcludedRanks) = (rank.comm, excluded.baseAddress, 1)
          $0.flags = flag
        }
      }
      defer { _ = try? rank.library.call(.commDestroy) { $0.comm = rest } }
      return try rank.library.integer(.commCount, of: rest)
    }
    #expect(results == [2, 0, 2])
  }

  @Test("A revoked communicator does nothing more")
  func revoke() throws {
    let results = try onRanks(1, of: .nccl) { rank in
      _ = try rank.library.call(.commRevoke) { $0.comm = rank.comm }
      return try rank.collect(.allGather, [1], receiving: 1) { $0.count = 1 }
    }
    #expect(results[0].refusal?.codeName == "remoteError")
  }

  /// Two sums, of 1 and 2, each times its rank's scalar: 10 and 20, and then 30 and 40. The op's
  /// number comes first.
  private func scaledSums(residence: String) throws -> [[Int]] {
    try onAllRanks(2, of: .nccl) { rank in
      let scalar = UnsafeMutablePointer<Int32>.allocate(capacity: 1)
      defer { scalar.deallocate() }
      scalar.initialize(to: Int32(10 * (rank.rank + 1)))
      let int32 = try rank.code(.dataType, "int32")
      let residence = try rank.code(.scalarResidence, residence)
      let made = try rank.library.call(.redOpCreatePreMulSum) {
        ($0.comm, $0.dataType, $0.residence) = (rank.comm, int32, residence)
        $0.scalar = UnsafeMutableRawPointer(scalar)
      }
      guard case .integer(let op) = made else { throw Unexpected("\(made)") }
      func sum() throws -> Int {
        let result = try rank.collect(.allReduce, [Int32(rank.rank + 1)], receiving: 1) {
          ($0.count, $0.op) = (1, op)
        }
        return Int(result[0])
      }
      let first = try sum()
      scalar.pointee += 20
      let second = try sum()
      _ = try rank.library.call(.redOpDestroy) { ($0.comm, $0.op) = (rank.comm, op) }
      return [op, first, second]
    }
  }

  // 5 is the first number after NCCL's own.
  @Test("A pre-multiplied sum: each rank has a scalar of its own")
  func preMultipliedSum() throws {
    let results = try scaledSums(residence: "scalarHostImmediate")
    #expect(results == [[5, 50, 50], [5, 50, 50]])
  }

  @Test("A scalar in the device's memory is read by each call")
  func scalarInDevice() throws {
    let results = try scaledSums(residence: "scalarDevice")
    #expect(results == [[5, 50, 110], [5, 50, 110]])
  }

  @Test("Without blocking, joining and working are in progress until they are done")
  func nonBlocking() throws {
    let library = try HostVendor.nccl.load()
    let id = try library.makeUniqueID()
    let results = try onThreads(2) { rank in
      let comm = try library.make(.commInitRankConfig) {
        ($0.nRanks, $0.rank, $0.uniqueID) = (2, rank, id)
        $0.configuration = ["blocking": 0, "commName": "patient", "splitShare": 1]
      }
      let pending = library.code(.status, named: "inProgress")
      func settle() throws -> Int {
        let deadline = ContinuousClock.now + .seconds(120)
        while ContinuousClock.now < deadline {
          let state = try library.integer(.commGetAsyncError, of: comm)
          guard state == pending else { return state }
          usleep(200)
        }
        throw Unexpected("it is in progress still after 120 s")
      }
      let joined = try settle()
      let rank = Rank(library: library, comm: comm, rank: rank, count: 2)
      let buffer = UnsafeMutablePointer<Int32>.allocate(capacity: 1)
      defer { buffer.deallocate() }
      buffer.pointee = Int32(rank.rank + 1)
      var arguments = CollectiveArguments()
      arguments.comm = comm
      arguments.count = 1
      arguments.dataType = try rank.code(.dataType, "int32")
      arguments.sendBuffer = UnsafeRawPointer(buffer)
      arguments.recvBuffer = UnsafeMutableRawPointer(buffer)
      try library.enqueue(.allReduce, arguments)
      let worked = try settle()
      _ = try library.call(.commFinalize) { $0.comm = comm }
      let ended = try settle()
      _ = try library.call(.commDestroy) { $0.comm = comm }
      return [joined, worked, ended, Int(buffer.pointee)]
    }
    #expect(try results.map { try $0.get() } == [[0, 0, 0, 3], [0, 0, 0, 3]])
  }

  @Test("All ranks of a process at once")
  func initAll() throws {
    let library = try HostVendor.nccl.load()
    var comms: [UnsafeMutableRawPointer?] = [nil, nil, nil]
    try comms.withUnsafeMutableBufferPointer { comms in
      _ = try library.call(.commInitAll) {
        ($0.comms, $0.nDevices) = (comms.baseAddress, comms.count)
      }
    }
    #expect(try comms.map { try library.integer(.commUserRank, of: $0) } == [0, 1, 2])
    for comm in comms { _ = try library.call(.commDestroy) { $0.comm = comm } }
    for count in [0, -1] {
      let error = #expect(throws: CollectiveError.self) {
        try library.call(.commInitAll) { $0.nDevices = count }
      }
      #expect(error?.codeName == "invalidArgument")
    }
  }

  @Test("Several unique IDs, of which all ranks have the same")
  func scalable() throws {
    let library = try HostVendor.nccl.load()
    let ids = try library.makeUniqueID() + library.makeUniqueID()
    let results = try onThreads(2) { rank in
      var ids = ids
      let comm = try ids.withUnsafeMutableBytes { ids in
        try library.make(.commInitRankScalable) {
          ($0.nRanks, $0.rank, $0.uniqueIDs, $0.nUniqueIDs) = (2, rank, ids.baseAddress, 2)
        }
      }
      defer { _ = try? library.call(.commDestroy) { $0.comm = comm } }
      return try library.integer(.commCount, of: comm)
    }
    #expect(try results.map { try $0.get() } == [2, 2])
  }

  @Test("Memory of the library's is known when it comes back")
  func memory() throws {
    let library = try HostVendor.nccl.load()
    let memory = try library.make(.memAlloc) { $0.size = 100 }
    memory.storeBytes(of: 7, toByteOffset: 92, as: Int64.self)
    _ = try library.call(.memFree) { $0.pointer = memory }
    let error = #expect(throws: CollectiveError.self) {
      try library.call(.memFree) { $0.pointer = memory }
    }
    #expect(error?.codeName == "invalidArgument")
  }

  @Test("A registration is known until it is given back")
  func registration() throws {
    let results = try onRanks(1, of: .nccl) { rank in
      let buffer = UnsafeMutableRawPointer.allocate(byteCount: 8, alignment: 8)
      defer { buffer.deallocate() }
      let handle = try rank.library.make(.commRegister) {
        ($0.comm, $0.buffer, $0.size) = (rank.comm, buffer, 8)
      }
      _ = try rank.library.call(.commDeregister) { ($0.comm, $0.handle) = (rank.comm, handle) }
      do throws(CollectiveError) {
        _ = try rank.library.call(.commDeregister) { ($0.comm, $0.handle) = (rank.comm, handle) }
        return ""
      } catch {
        return error.lastError ?? ""
      }
    }
    #expect(try results[0].get().contains("is no registration of this communicator's"))
  }

  @Test("A configuration that was not initialised, or is too small, is refused")
  func wrongConfiguration() throws {
    let nccl = try load()
    let join = try #require(nccl.functions.ncclCommInitRankConfig)
    let id = try nccl.getUniqueID()
    for (size, magic, blocking) in [(120, 0xdead, 1), (8, 0xcafe_beef, 1), (120, 0xcafe_beef, 7)] {
      var comm: UnsafeMutableRawPointer?
      let bytes = UnsafeMutableRawBufferPointer.allocate(byteCount: 120, alignment: 8)
      defer { bytes.deallocate() }
      bytes.initializeMemory(as: UInt8.self, repeating: 0)
      bytes.storeBytes(of: size, as: Int.self)
      bytes.storeBytes(of: UInt32(magic), toByteOffset: 8, as: UInt32.self)
      bytes.storeBytes(of: Int32(blocking), toByteOffset: 16, as: Int32.self)
      let status = join(&comm, 1, id, 0, bytes.baseAddress)
      #expect(NCCLResult(rawValue: status) == .invalidArgument)
      #expect(comm == nil)
    }
  }

  @Test("It says what it is")
  func words() throws {
    let nccl = try load()
    #expect(try nccl.getVersion() == 23203)
    let text = try nccl.getErrorString(result: .remoteError)
    #expect(
      text == "ncclRemoteError (bindgen-coll HostCollectives, a CPU stand-in for NCCL 2.32.3; "
        + "for development and tests)")
    #expect(try nccl.getErrorString(result: NCCLResult(rawValue: 77)).contains("HostCollectives"))
  }
}
