import Foundation
import Rendezvous
import TestSupport
import Testing
import Threads

/// A connection that speaks whatever it likes.
private final class Stranger {
  private let socket: Int32

  init(port: Int) throws {
    socket = Glibc.socket(AF_INET, Int32(SOCK_STREAM.rawValue), 0)
    var address = sockaddr_in()
    address.sin_family = sa_family_t(AF_INET)
    address.sin_port = in_port_t(port).bigEndian
    address.sin_addr.s_addr = in_addr_t(0x7F00_0001).bigEndian
    let status = withUnsafePointer(to: &address) { pointer in
      pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) {
        connect(socket, $0, socklen_t(MemoryLayout<sockaddr_in>.size))
      }
    }
    try #require(status == 0)
    var limit = timeval(tv_sec: 60, tv_usec: 0)
    setsockopt(socket, SOL_SOCKET, SO_RCVTIMEO, &limit, socklen_t(MemoryLayout<timeval>.size))
  }

  deinit { close(socket) }

  func send(_ bytes: [UInt8]) { _ = Glibc.send(socket, bytes, bytes.count, Int32(MSG_NOSIGNAL)) }

  /// Everything until the other side closes; nil if it does not.
  func readToEnd() -> [UInt8]? {
    var all: [UInt8] = []
    var buffer = [UInt8](repeating: 0, count: 4096)
    while true {
      let count = recv(socket, &buffer, buffer.count, 0)
      if count == 0 || (count < 0 && errno == ECONNRESET) { return all }
      guard count > 0 else { return nil }
      all += buffer[..<count]
    }
  }
}

/// A greeting as ranks send it, in pieces that can be wrong.
private func greeting(
  magic: String = "coll-rdv", version: UInt8 = 1, rank: UInt8 = 1, nRanks: UInt8 = 2,
  job: String = "job"
) -> [UInt8] {
  let text = [UInt8(job.utf8.count), 0, 0, 0] + Array(job.utf8)
  let body =
    [1] + Array(magic.utf8) + [version, rank, 0, 0, 0, nRanks, 0, 0, 0, 1, 0, 0, 0, 0x70] + text
  return [UInt8(body.count), 0, 0, 0] + body
}

@Suite("TCP store", .timeLimit(.minutes(60)))
struct TCPStoreTests {
  private func serve(_ nRanks: Int = 2, host: String = "127.0.0.1") throws -> TCPStore {
    try TCPStore(host: host, port: 0, job: "job", rank: 0, nRanks: nRanks)
  }

  /// The store still does what it is for.
  private func checkService(_ server: TCPStore, host: String = "127.0.0.1") throws {
    let one = try TCPStore(host: host, port: server.port, job: "job", rank: 1, nRanks: 2)
    try one.set("k", [1])
    #expect(try server.get("k", timeout: .seconds(30)) == [1])
    #expect(try server.lostRanks() == [])
    try one.close()
    try server.close()
  }

  @Test("Addresses and names", arguments: ["127.0.0.1", "::1", "localhost"])
  func hosts(host: String) throws { try checkService(try serve(host: host), host: host) }

  @Test("A host's own name is served on all addresses")
  func ownName() throws {
    let name = ProcessInfo.processInfo.hostName
    let server = try serve(host: name)
    try checkService(server, host: "127.0.0.1")
  }

  @Test("Messages that are none end their connection, and nothing else")
  func strangers() throws {
    let server = try serve()
    let huge: [UInt8] = [0xFF, 0xFF, 0xFF, 0xFF, 1]
    let message = greeting()
    for bytes in [
      Array("GET / HTTP/1.1\r\nHost: localhost\r\n\r\n".utf8), huge, [0, 0, 0, 0],
      [0x01, 0x10, 0, 0, 1], [UInt8](repeating: 0, count: 100_000),
    ] {
      let stranger = try Stranger(port: server.port)
      stranger.send(bytes)
      #expect(stranger.readToEnd() == [])
    }
    // These are answered, and then closed.
    for (bytes, answer) in [
      (greeting(magic: "coll-xyz"), "no greeting of a rank"),
      ([1, 0, 0, 0, 9], "no greeting of a rank"),
      (greeting(rank: 2), "no greeting of a rank"),
      (greeting(version: 9), "speaks version 1 of the rendezvous protocol, this rank 9"),
      (greeting(job: "jab"), "belongs to the job \"job\", this rank to \"jab\""),
    ] {
      let stranger = try Stranger(port: server.port)
      stranger.send(bytes)
      let reply = try #require(stranger.readToEnd())
      #expect(String(decoding: reply, as: UTF8.self).contains(answer))
    }
    // One stops in the middle of a message, one says nothing.
    let half = try Stranger(port: server.port)
    half.send(Array(message.prefix(20)))
    let silent = try Stranger(port: server.port)
    try checkService(server)
    withExtendedLifetime((half, silent)) {}
  }

  @Test("More silent connections than it keeps do not keep ranks out")
  func crowd() throws {
    let server = try serve()
    let crowd = try (0..<200).map { _ in try Stranger(port: server.port) }
    try checkService(server)
    withExtendedLifetime(crowd) {}
  }

  @Test("Random bytes, before and after a greeting")
  func noise() throws {
    let server = try serve(255)
    var generator = SystemRandomNumberGenerator()
    for rank in 2..<102 as Range<UInt8> {
      let stranger = try Stranger(port: server.port)
      if rank % 2 == 0 { stranger.send(greeting(rank: rank, nRanks: 255)) }
      let noise = (0..<64).map { _ in UInt8.random(in: 0...255, using: &generator) }
      // A length that is believed, and nonsense behind it.
      stranger.send([UInt8.random(in: 1...60, using: &generator), 0, 0, 0] + noise)
    }
    let one = try TCPStore(
      host: "127.0.0.1", port: server.port, job: "job", rank: 1, nRanks: 255)
    try one.set("own", [1])
    #expect(try server.get("own", timeout: .seconds(30)) == [1])
  }

  @Test("A rank of another job is refused, and the job goes on")
  func otherJob() throws {
    let server = try serve()
    let error = failure { () throws(RendezvousError) in
      try TCPStore(host: "127.0.0.1", port: server.port, job: "else", rank: 1, nRanks: 2)
    }
    #expect(error?.kind == .refused)
    #expect(error?.text.contains("belongs to the job \"job\", this rank to \"else\"") == true)
    try checkService(server)
  }

  @Test("A port that is taken", arguments: ["127.0.0.1", "::1", "localhost"])
  func portTaken(host: String) throws {
    let server = try serve(host: host)
    let error = failure { () throws(RendezvousError) in
      try TCPStore(host: host, port: server.port, job: "b", rank: 0, nRanks: 2)
    }
    #expect(error?.kind == .unavailable)
    #expect(error?.text.contains(":\(server.port): Address already in use") == true)
    try checkService(server, host: host)
  }

  @Test("Rank 0 comes last")
  func lateServer() throws {
    let port = try freePort()
    let results = try onThreads(2) { (rank) throws(RendezvousError) -> [[UInt8]] in
      if rank == 0 { usleep(300_000) }
      let store = try TCPStore(
        host: "127.0.0.1", port: port, job: "late", rank: rank, nRanks: 2, timeout: .seconds(60))
      let all = try Rendezvous(store).allGather([UInt8(rank)])
      try store.close()
      return all
    }
    for result in results { #expect(result.value == [[0], [1]], "\(result)") }
  }

  @Test("Rank 0 never comes, or another program listens there")
  func noServer() throws {
    let port = try freePort()
    let absent = failure { () throws(RendezvousError) in
      try TCPStore(
        host: "127.0.0.1", port: port, job: "j", rank: 1, nRanks: 2, timeout: .milliseconds(300))
    }
    #expect(absent?.kind == .unavailable && absent?.ranks == [0])
    #expect(absent?.text.contains("127.0.0.1:\(port) was not there within 300 ms") == true)
    let nowhere = failure { () throws(RendezvousError) in
      try TCPStore(
        host: "no-such-host.invalid", port: 5, job: "j", rank: 1, nRanks: 2,
        timeout: .milliseconds(300))
    }
    #expect(nowhere?.text.contains("the host \"no-such-host.invalid\" is not found") == true)
  }

  @Test("Another program has the port, and says something else, or nothing")
  func otherProgram() throws {
    for (words, kind) in [
      ("HTTP/1.1 400 Bad Request\r\n\r\n", RendezvousError.Kind.refused), ("", .unavailable),
    ] {
      let listener = Glibc.socket(AF_INET, Int32(SOCK_STREAM.rawValue), 0)
      defer { close(listener) }
      try #require(listen(listener, 5) == 0)
      var address = sockaddr_in()
      var length = socklen_t(MemoryLayout<sockaddr_in>.size)
      _ = withUnsafeMutablePointer(to: &address) { pointer in
        pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) {
          getsockname(listener, $0, &length)
        }
      }
      let port = Int(address.sin_port.bigEndian)
      let results = try onThreads(2) { (index) throws(RendezvousError) in
        guard index == 0 else {
          _ = try TCPStore(
            host: "127.0.0.1", port: port, job: "j", rank: 1, nRanks: 2, timeout: .seconds(3))
          return
        }
        let connection = accept(listener, nil, nil)
        _ = send(connection, words, words.utf8.count, Int32(MSG_NOSIGNAL))
        // Until the rank gives up.
        var byte: UInt8 = 0
        while recv(connection, &byte, 1, 0) > 0 {}
        close(connection)
      }
      #expect(results[1].error?.kind == kind)
      #expect(results[1].error?.text.contains("does another program have that port?") == true)
    }
  }

  @Test("Rank 0 goes: the others are told that it was rank 0", arguments: [true, false])
  func serverGoes(closes: Bool) throws {
    var server: TCPStore? = try TCPStore(
      host: "127.0.0.1", port: 0, job: "job", rank: 0, nRanks: 2, timeout: .milliseconds(300))
    let port = try #require(server?.port)
    let one = try TCPStore(host: "127.0.0.1", port: port, job: "job", rank: 1, nRanks: 2)
    if closes { try server?.close() }
    server = nil
    let error = failure { () throws(RendezvousError) in try one.get("k", timeout: .seconds(100)) }
    #expect(error?.kind == .ranksLost && error?.ranks == [0])
    #expect(error?.text.contains("rank 0, which serves the store") == true)
    try one.close()
  }

  @Test("The port is free as soon as the store is closed")
  func portIsFree() throws {
    let port = try freePort()
    for _ in 0..<20 {
      let server = try TCPStore(host: "127.0.0.1", port: port, job: "job", rank: 0, nRanks: 2)
      let one = try TCPStore(host: "127.0.0.1", port: port, job: "job", rank: 1, nRanks: 2)
      try one.close()
      try server.close()
    }
  }

  @Test("Ports that are none", arguments: [-1, 0, 65536])
  func badPorts(port: Int) {
    let error = failure { () throws(RendezvousError) in
      try TCPStore(host: "::1", port: port, job: "j", rank: 1, nRanks: 2)
    }
    #expect(error?.kind == .invalidArgument)
    #expect(error?.text.hasPrefix("port is \(port);") == true)
  }
}
