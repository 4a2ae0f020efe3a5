import Rendezvous
import Testing
import Threads

/// What every store does, whatever it is made of.
@Suite("All stores", .timeLimit(.minutes(60)))
struct StoreTests {
  @Test(
    "A value set by one rank is there for all, the last one counts", arguments: StoreKind.allCases)
  func values(kind: StoreKind) throws {
    let stores = try kind.group(3)
    try stores[0].set("a", [1])
    try stores[1].set("b", [])
    try stores[0].set("a", [2, 3])
    for store in stores {
      #expect(try store.get(["b", "a"], timeout: .seconds(30)) == [[], [2, 3]])
      #expect(try store.get("a", timeout: .zero) == [2, 3])
      #expect(try store.get([], timeout: .zero) == [])
      #expect(try store.lostRanks() == [])
    }
    #expect(stores.map(\.rank) == [0, 1, 2] && stores.allSatisfy { $0.nRanks == 3 })
    try closeAll(stores)
  }

  @Test("Keys of any kind, and large values", arguments: StoreKind.allCases)
  func odd(kind: StoreKind) throws {
    let stores = try kind.group(2)
    let keys = [
      "../up", "/", "a/b", "A", "a", ".", "..", "%2f", "with space", "ü", "\u{0}", "\n",
      String(repeating: "ß", count: 40),
    ]
    for (index, key) in keys.enumerated() { try stores[0].set(key, [UInt8(index)]) }
    let all = try stores[1].get(keys, timeout: .seconds(30))
    #expect(all == keys.indices.map { [UInt8($0)] })
    let large = (0..<1 << 20).map { UInt8(truncatingIfNeeded: $0 &* 31 >> 3) }
    try stores[1].set("large", large)
    #expect(try stores[0].get("large", timeout: .seconds(30)) == large)
    try closeAll(stores)
  }

  @Test("What a store does not take is refused, and it goes on", arguments: StoreKind.allCases)
  func refused(kind: StoreKind) throws {
    let stores = try kind.group(1)
    let long = String(repeating: "k", count: 81)
    for key in ["", long] {
      #expect(
        failure { () throws(RendezvousError) in try stores[0].set(key, []) }?.kind
          == .invalidArgument)
      #expect(
        failure { () throws(RendezvousError) in try stores[0].delete(key) }?.kind
          == .invalidArgument)
      let error = failure { () throws(RendezvousError) in try stores[0].get(key, timeout: .zero) }
      #expect(error?.text.contains("the key \"\(key)\" has \(key.count) bytes") == true)
    }
    let value = [UInt8](repeating: 0, count: 1 << 20 + 1)
    let error = failure { () throws(RendezvousError) in try stores[0].set("k", value) }
    #expect(error?.text.contains("1048577 bytes; stores take up to 1048576") == true)
    try stores[0].set("k", [1])
    #expect(try stores[0].get("k", timeout: .zero) == [1])
    try closeAll(stores)
  }

  @Test("A get waits for what comes later", arguments: StoreKind.allCases)
  func waits(kind: StoreKind) throws {
    let stores = try kind.group(4)
    let results = try onThreads(4) { (rank) throws(RendezvousError) in
      if rank > 0 { return try stores[rank].get(["x", "y"], timeout: .seconds(60)) }
      try stores[0].set("x", [1])
      _ = failure { () throws(RendezvousError) in
        try stores[0].get("never", timeout: .milliseconds(200))
      }
      try stores[0].set("y", [2])
      return [[1], [2]]
    }
    #expect(results.allSatisfy { $0.value == [[1], [2]] })
    try closeAll(stores)
  }

  @Test("A get that is too late names what is missing", arguments: StoreKind.allCases)
  func timeout(kind: StoreKind) throws {
    let stores = try kind.group(2)
    try stores[1].set("there", [])
    try stores[1].set("gone", [])
    try stores[0].delete("gone")
    try stores[0].delete("gone")
    let error = failure { () throws(RendezvousError) in
      try stores[0].get(["absent", "there", "gone"], timeout: .milliseconds(150))
    }
    #expect(error?.kind == .timeout)
    #expect(error?.keys == ["absent", "gone"])
    #expect(error?.text == "nobody set \"absent\", \"gone\" within 150 ms")
    let past = failure { () throws(RendezvousError) in
      try stores[0].get("absent", timeout: .seconds(-1 << 40))
    }
    #expect(past?.keys == ["absent"])
    try stores[1].set("absent", [4])
    #expect(try stores[0].get("absent", timeout: .seconds(30)) == [4])
    try closeAll(stores)
  }

  @Test(
    "A rank that goes without a word ends the waits of the others", arguments: StoreKind.allCases)
  func lost(kind: StoreKind) throws {
    var stores = try kind.group(4)
    try stores[2].set("legacy", [9])
    stores.remove(at: 2)
    let rest = stores
    let results = try onThreads(3) { (index) throws(RendezvousError) in
      try rest[index].get("never", timeout: .seconds(100))
    }
    for result in results {
      #expect(result.error?.kind == .ranksLost)
      #expect(result.error?.ranks == [2])
      #expect(result.error?.text.hasPrefix("rank 2 (pid ") == true)
    }
    for store in rest {
      #expect(try store.lostRanks() == [2])
      // What it left is still there, and one's own work goes on.
      #expect(try store.get("legacy", timeout: .zero) == [9])
    }
    try closeAll(rest)
  }

  @Test("A rank that leaves is not lost", arguments: StoreKind.allCases)
  func left(kind: StoreKind) throws {
    let stores = try kind.group(3)
    try stores[1].set("k", [1])
    try stores[1].close()
    try stores[1].close()
    #expect(failure { () throws(RendezvousError) in try stores[1].set("k", []) }?.kind == .closed)
    #expect(failure { () throws(RendezvousError) in try stores[1].lostRanks() }?.kind == .closed)
    let error = failure { () throws(RendezvousError) in
      try stores[0].get(["k", "l"], timeout: .milliseconds(150))
    }
    #expect(error?.kind == .timeout)
    #expect(try stores[2].lostRanks() == [])
    #expect(try stores[2].get("k", timeout: .zero) == [1])
    try closeAll(stores)
  }

  @Test("Ranks that are none", arguments: [(-1, 2), (2, 2), (0, 0), (0, -1), (0, 1 << 21)])
  func badRanks(rank: Int, nRanks: Int) {
    let errors = [
      failure { () throws(RendezvousError) in
        try FileStore(directory: "/nowhere", job: "j", rank: rank, nRanks: nRanks)
      },
      failure { () throws(RendezvousError) in
        try TCPStore(host: "::1", port: 1, job: "j", rank: rank, nRanks: nRanks)
      },
    ]
    for error in errors { #expect(error?.kind == .invalidArgument) }
    #expect(errors[0]?.text.contains("\(nRanks < 1 || nRanks > 2 ? nRanks : rank)") == true)
  }
}

/// The stores that processes have: who may join.
@Suite("Joining", .timeLimit(.minutes(60)))
struct JoiningTests {
  private func addresses() throws -> [StoreAddress] {
    [.file(directory: try temporaryPath()), .tcp(host: "localhost", port: 0)]
  }

  /// Rank 0 of a job, and where the others find it.
  private func first(
    _ address: StoreAddress, nRanks: Int
  ) throws -> (store: any Store, address: StoreAddress) {
    let store = try address.open(job: "job", rank: 0, nRanks: nRanks)
    guard let server = store as? TCPStore else { return (store, address) }
    return (store, .tcp(host: "localhost", port: server.port))
  }

  @Test("A second process with a rank that is there: both are told, and everyone else")
  func duplicateRank() throws {
    for address in try addresses() {
      let (zero, address) = try first(address, nRanks: 3)
      let one = try address.open(job: "job", rank: 1, nRanks: 3)
      let second = failure { () throws(RendezvousError) in
        try address.open(job: "job", rank: 1, nRanks: 3)
      }
      let others = try onThreads(2) { (index) throws(RendezvousError) in
        try [zero, one][index].get("never", timeout: .seconds(100))
      }
      for error in [second] + others.map(\.error) {
        #expect(error?.kind == .duplicateRank && error?.ranks == [1])
        #expect(error?.text.hasPrefix("rank 1 came twice: pid ") == true)
      }
      try closeAll([zero, one])
    }
  }

  @Test("Ranks that count differently: both are told")
  func disagreement() throws {
    for address in try addresses() {
      let (zero, address) = try first(address, nRanks: 3)
      let second = failure { () throws(RendezvousError) in
        try address.open(job: "job", rank: 1, nRanks: 4)
      }
      let error = failure { () throws(RendezvousError) in try zero.set("k", []) }
      for error in [second, error] {
        #expect(error?.kind == .disagreement)
        #expect(error?.text.contains("was told that there are 4 ranks; rank 0 (pid ") == true)
        #expect(error?.text.hasSuffix("), 3") == true)
      }
      try zero.close()
    }
  }

  @Test("A rank that was lost cannot come again while its job is there")
  func returning() throws {
    for address in try addresses() {
      let (zero, address) = try first(address, nRanks: 2)
      _ = try address.open(job: "job", rank: 1, nRanks: 2)
      let lost = failure { () throws(RendezvousError) in
        try zero.get("never", timeout: .seconds(100))
      }
      #expect(lost?.ranks == [1])
      let error = failure { () throws(RendezvousError) in
        try address.open(job: "job", rank: 1, nRanks: 2)
      }
      #expect(error?.kind == .refused)
      #expect(error?.text.contains("rank 1 was here already") == true)
      try zero.close()
    }
  }

  @Test("Job names of no length, and of too much")
  func jobNames() throws {
    for job in ["", String(repeating: "j", count: 101)] {
      for address in try addresses() {
        let error = failure { () throws(RendezvousError) in
          try address.open(job: job, rank: 0, nRanks: 1)
        }
        #expect(error?.kind == .invalidArgument)
        #expect(error?.text.contains("a job name has 1 to 100") == true)
      }
    }
  }
}
