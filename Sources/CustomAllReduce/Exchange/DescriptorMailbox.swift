internal import Glibc

/// A socket to which other processes of this host send file descriptors, which no bytes can stand
/// for.
///
/// Its name is in Linux's abstract namespace, so that nothing is left in a file system. Others on
/// the host can find the name: what they send counts only with the secret, which the ranks tell
/// each other.
final class DescriptorMailbox {
  /// What a message carries. Eight ranks that send to seven peers each have 896 under way, and one
  /// user may commonly have 1024.
  static let descriptorsPerMessage = 16

  /// Whom descriptors come from, and which of that rank's messages it is.
  struct Label: Hashable {
    let rank: UInt32
    let round: UInt32
  }

  /// What other ranks need to write to it.
  let address: [UInt8]

  private static let nameBytes = 16
  private static let messageBytes = 24
  private let socket: Descriptor
  private let secret: [UInt8]
  private let patience: Duration
  /// What has come and was not asked for yet.
  private var arrived: [Label: [Descriptor]] = [:]

  /// - Parameter patience: How long a message is waited for, and room for one.
  init(patience: Duration = .seconds(10)) throws(ExchangeError) {
    let name = Self.randomBytes(Self.nameBytes)
    secret = Self.randomBytes(Self.messageBytes - 8)
    address = name + secret
    self.patience = patience
    let number = Glibc.socket(
      AF_UNIX, Int32(SOCK_DGRAM.rawValue) | Int32(SOCK_CLOEXEC.rawValue), 0)
    guard number >= 0 else { throw Self.failure("no socket for file descriptors can be made") }
    socket = Descriptor(owning: number)
    let status = Self.withSocketAddress(name) { bind(number, $0, $1) }
    guard status == 0 else { throw Self.failure("a socket for file descriptors has no name") }
    // A peer that does not read must not hold this rank for ever.
    let (seconds, attoseconds) = patience.components
    var limit = timeval(
      tv_sec: Int(seconds), tv_usec: Int(attoseconds / 1_000_000_000_000))
    setsockopt(
      number, SOL_SOCKET, SO_SNDTIMEO, &limit, socklen_t(MemoryLayout<timeval>.size))
  }

  /// Sends descriptors, which stay open here. Blocks while the peer's socket is full.
  ///
  /// - Parameters:
  ///   - descriptors: At most `descriptorsPerMessage`.
  ///   - label: What the peer asks for.
  ///   - address: Of the peer's mailbox.
  ///   - peer: The peer's rank.
  func send(
    _ descriptors: [Descriptor], as label: Label, to address: [UInt8], of peer: Int
  ) throws(ExchangeError) {
    guard address.count == self.address.count else {
      throw ExchangeError("rank \(peer) has an address for file descriptors that is none")
    }
    var message = ByteWriter()
    message.append(label.rank)
    message.append(label.round)
    var control = ControlMessage(descriptors: descriptors.map(\.number))
    var bytes = Array(address[Self.nameBytes...]) + message.bytes
    let count = Self.withSocketAddress(address.prefix(Self.nameBytes)) { name, length in
      Self.withHeader(&bytes, &control.bytes) { header in
        header.msg_name = UnsafeMutableRawPointer(mutating: name)
        header.msg_namelen = length
        return Self.retrying { sendmsg(socket.number, &header, Int32(MSG_NOSIGNAL)) }
      }
    }
    let code = errno
    withExtendedLifetime(descriptors) {}
    guard count == bytes.count else { throw Self.sendingFailure(code, peer) }
  }

  /// The descriptors that a rank sent under a label. Blocks until they are there.
  ///
  /// - Parameter count: How many there must be.
  func receive(_ label: Label, count: Int) throws(ExchangeError) -> [Descriptor] {
    let end = ContinuousClock.now + patience
    while arrived[label] == nil {
      guard waitForMessage(until: end) else {
        throw ExchangeError("no file descriptors came from rank \(label.rank) within \(patience)")
      }
      readMessage()
    }
    let descriptors = arrived.removeValue(forKey: label) ?? []
    guard descriptors.count == count else {
      throw ExchangeError(
        "\(descriptors.count) file descriptors came from rank \(label.rank), and not \(count)"
          + (descriptors.count < count
            ? "; perhaps this process may not have so many open (ulimit -n)" : ""))
    }
    return descriptors
  }

  private func waitForMessage(until end: ContinuousClock.Instant) -> Bool {
    while ContinuousClock.now < end {
      let milliseconds = (end - ContinuousClock.now) / Duration.milliseconds(1)
      var interest = pollfd(fd: socket.number, events: Int16(POLLIN), revents: 0)
      if poll(&interest, 1, Int32(max(1, min(milliseconds, 60_000)))) > 0 { return true }
    }
    return false
  }

  /// Keeps what was sent with the secret; closes what strangers sent.
  private func readMessage() {
    var bytes = [UInt8](repeating: 0, count: Self.messageBytes + 1)
    var control = ControlMessage(room: Self.descriptorsPerMessage)
    let (count, length) = Self.withHeader(&bytes, &control.bytes) { header in
      let flags = Int32(MSG_DONTWAIT) | Int32(MSG_CMSG_CLOEXEC)
      let count = Self.retrying { recvmsg(socket.number, &header, flags) }
      return (count, Int(header.msg_controllen))
    }
    let descriptors = control.descriptors(length).map { Descriptor(owning: $0) }
    guard count == Self.messageBytes, bytes.starts(with: secret) else { return }
    var reader = ByteReader(Array(bytes[secret.count..<count]))
    guard let rank = try? reader.read(UInt32.self), let round = try? reader.read(UInt32.self)
    else { return }
    arrived[Label(rank: rank, round: round)] = descriptors
  }

  // MARK: the system's structures

  private static func withSocketAddress<Result>(
    _ name: some Collection<UInt8>, _ body: (UnsafePointer<sockaddr>, socklen_t) -> Result
  ) -> Result {
    var address = sockaddr_un()
    address.sun_family = sa_family_t(AF_UNIX)
    // A name that begins with a zero is none of a file.
    let start = (MemoryLayout<sockaddr_un>.offset(of: \.sun_path) ?? 2) + 1
    withUnsafeMutableBytes(of: &address) { bytes in
      for (index, byte) in name.enumerated() { bytes[start + index] = byte }
    }
    return withUnsafePointer(to: &address) { pointer in
      pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) {
        body($0, socklen_t(start + name.count))
      }
    }
  }

  /// A message's header with one part of bytes, and what goes with them.
  private static func withHeader<Result>(
    _ bytes: inout [UInt8], _ control: inout [UInt8], _ body: (inout msghdr) -> Result
  ) -> Result {
    bytes.withUnsafeMutableBytes { bytes in
      control.withUnsafeMutableBytes { control in
        var part = iovec(iov_base: bytes.baseAddress, iov_len: bytes.count)
        return withUnsafeMutablePointer(to: &part) { part in
          var header = msghdr()
          header.msg_iov = part
          header.msg_iovlen = 1
          header.msg_control = control.baseAddress
          header.msg_controllen = control.count
          return body(&header)
        }
      }
    }
  }

  private static func retrying(_ call: () -> Int) -> Int {
    while true {
      let count = call()
      if count >= 0 || errno != EINTR { return count }
    }
  }

  private static func randomBytes(_ count: Int) -> [UInt8] {
    (0..<count).map { _ in UInt8.random(in: 0...255) }
  }

  private static func sendingFailure(_ code: Int32, _ peer: Int) -> ExchangeError {
    let reason =
      switch code {
      case EAGAIN, EWOULDBLOCK: "it does not read them"
      case ECONNREFUSED: "it is in another network namespace, or gone"
      case ETOOMANYREFS: "this user has too many under way (ulimit -n)"
      default: String(cString: strerror(code))
      }
    return ExchangeError("file descriptors cannot be sent to rank \(peer): \(reason)")
  }

  private static func failure(_ what: String) -> ExchangeError {
    ExchangeError("\(what): \(String(cString: strerror(errno)))")
  }
}

/// A file descriptor, closed with its last reference.
final class Descriptor {
  let number: Int32

  init(owning number: Int32) { self.number = number }

  deinit { close(number) }
}

/// What goes with a message's bytes: one `cmsghdr` of type SCM_RIGHTS, and descriptors behind it.
private struct ControlMessage {
  var bytes: [UInt8]

  private static let header = MemoryLayout<cmsghdr>.size
  private static let width = MemoryLayout<Int32>.size

  /// For what is received.
  init(room descriptors: Int) {
    // Padded to the header's alignment, as CMSG_SPACE does.
    let alignment = MemoryLayout<cmsghdr>.alignment
    let size = Self.header + Self.width * descriptors
    bytes = [UInt8](repeating: 0, count: (size + alignment - 1) / alignment * alignment)
  }

  init(descriptors: [Int32]) {
    self.init(room: descriptors.count)
    var header = cmsghdr()
    header.cmsg_len = Self.header + Self.width * descriptors.count
    header.cmsg_level = SOL_SOCKET
    header.cmsg_type = Int32(SCM_RIGHTS)
    bytes.withUnsafeMutableBytes { bytes in
      bytes.storeBytes(of: header, as: cmsghdr.self)
      for (index, number) in descriptors.enumerated() {
        bytes.storeBytes(of: number, toByteOffset: Self.header + Self.width * index, as: Int32.self)
      }
    }
  }

  /// What was received; `length` is how much of the room the system used.
  func descriptors(_ length: Int) -> [Int32] {
    bytes.withUnsafeBytes { bytes in
      guard length >= Self.header else { return [] }
      let header = bytes.loadUnaligned(as: cmsghdr.self)
      guard header.cmsg_level == SOL_SOCKET, header.cmsg_type == Int32(SCM_RIGHTS) else {
        return []
      }
      let count = (min(Int(header.cmsg_len), length) - Self.header) / Self.width
      return (0..<max(count, 0)).map {
        bytes.loadUnaligned(fromByteOffset: Self.header + Self.width * $0, as: Int32.self)
      }
    }
  }
}
