#if canImport(Darwin)
  internal import Darwin
#elseif canImport(Musl)
  internal import Musl
#else
  internal import Glibc
#endif

#if canImport(Glibc)
  private let streamSocket = Int32(SOCK_STREAM.rawValue)
#else
  private let streamSocket = SOCK_STREAM
#endif

/// Two ends of a connection within this process.
func socketPair() throws(RendezvousError) -> (Descriptor, Descriptor) {
  var ends: [Int32] = [-1, -1]
  guard socketpair(AF_UNIX, streamSocket | creationFlags, 0, &ends) == 0 else {
    throw RendezvousError(.unavailable, "no socket can be made: \(errorText(errno))")
  }
  return (configured(ends[0]), configured(ends[1]))
}

/// Listens where rank 0 should; see `TCPStore` for on which addresses.
func listen(at endpoint: HostAndPort) throws(RendezvousError) -> (descriptor: Descriptor, port: Int)
{
  var reason = "no address was found"
  for address in try listeningAddresses(endpoint) {
    guard let listener = openSocket(address.family) else {
      reason = errorText(errno)
      continue
    }
    set(listener, SOL_SOCKET, SO_REUSEADDR, 1)
    if address.family == AF_INET6, address.isWildcard {
      set(listener, Int32(IPPROTO_IPV6), IPV6_V6ONLY, 0)
    }
    let status = address.withPointer { bind(listener.number, $0, $1) }
    if status == 0, listen(listener.number, SOMAXCONN) == 0 {
      return (listener, localAddress(of: listener).port)
    }
    let code = errno
    reason = errorText(code)
    // Ranks would find who has the port at this address before they came to the next.
    if code == EADDRINUSE { break }
  }
  throw RendezvousError(
    .unavailable,
    "rank 0 cannot serve the store at \(endpoint): \(reason); "
      + "choose another port, and the host that rank 0 runs on")
}

/// Connects to rank 0, which may not be there yet.
func connect(
  to endpoint: HostAndPort, _ deadline: Deadline
) throws(RendezvousError) -> Descriptor {
  var pause = Duration.milliseconds(10)
  while true {
    var reason = ""
    do throws(RendezvousError) {
      for address in try addresses(of: endpoint) {
        switch attempt(address, deadline) {
        case .connected(let descriptor): return descriptor
        case .failed(let text): reason = text
        }
      }
    } catch {
      reason = error.text
    }
    guard deadline.remaining > pause else {
      throw RendezvousError(
        .unavailable,
        "rank 0's store at \(endpoint) was not there within "
          + "\(deadline.timeout.inWords): \(reason); does rank 0 run, and on that host?", ranks: [0]
      )
    }
    sleep(for: pause)
    pause = min(pause * 2, .milliseconds(250))
  }
}

private enum Attempt {
  case connected(Descriptor)
  case failed(String)
}

private func attempt(_ address: SocketAddress, _ deadline: Deadline) -> Attempt {
  guard let descriptor = openSocket(address.family) else { return .failed(errorText(errno)) }
  if address.withPointer({ connect(descriptor.number, $0, $1) }) != 0 {
    guard errno == EINPROGRESS || errno == EINTR else { return .failed(errorText(errno)) }
    while !descriptor.isReady(output: true, within: deadline.remaining) {
      if deadline.isOver { return .failed("no answer") }
    }
    var code: Int32 = 0
    var length = socklen_t(MemoryLayout<Int32>.size)
    getsockopt(descriptor.number, SOL_SOCKET, SO_ERROR, &code, &length)
    guard code == 0 else { return .failed(errorText(code)) }
  }
  // Where nobody listens at a port that the system gives to outgoing connections too, one can reach
  // oneself.
  if localAddress(of: descriptor) == address { return .failed(errorText(ECONNREFUSED)) }
  keepAlive(descriptor)
  return .connected(descriptor)
}

/// A host that vanishes without a word is noticed within half a minute.
private func keepAlive(_ descriptor: Descriptor) {
  set(descriptor, SOL_SOCKET, SO_KEEPALIVE, 1)
  set(descriptor, Int32(IPPROTO_TCP), TCP_NODELAY, 1)
  #if canImport(Darwin)
    set(descriptor, Int32(IPPROTO_TCP), TCP_KEEPALIVE, 10)
  #else
    set(descriptor, Int32(IPPROTO_TCP), TCP_KEEPIDLE, 10)
  #endif
  set(descriptor, Int32(IPPROTO_TCP), TCP_KEEPINTVL, 5)
  set(descriptor, Int32(IPPROTO_TCP), TCP_KEEPCNT, 4)
  #if !canImport(Darwin)
    // Linux asks nothing while it waits for something to be acknowledged, which it would for a quarter
    // of an hour.
    set(descriptor, Int32(IPPROTO_TCP), TCP_USER_TIMEOUT, 30_000)
  #endif
}

/// What came of letting somebody in.
enum Acceptance {
  case connection(Descriptor)
  case nobody
  /// There are no descriptors or memory left for it.
  case exhausted
}

extension Descriptor {
  func accept() -> Acceptance {
    let number = platformAccept(self.number)
    guard number >= 0 else {
      return [EMFILE, ENFILE, ENOBUFS, ENOMEM].contains(errno) ? .exhausted : .nobody
    }
    let connection = configured(number)
    keepAlive(connection)
    return .connection(connection)
  }
}

private func platformAccept(_ listener: Int32) -> Int32 { accept(listener, nil, nil) }

// From the beginning where the system can, so that a child that is started meanwhile has nothing.
#if canImport(Darwin)
  private let creationFlags: Int32 = 0
#elseif canImport(Glibc)
  private let creationFlags = Int32(SOCK_CLOEXEC.rawValue | SOCK_NONBLOCK.rawValue)
#else
  private let creationFlags = SOCK_CLOEXEC | SOCK_NONBLOCK
#endif

/// Takes over a new socket; those that are accepted have none of the flags yet.
private func configured(_ number: Int32) -> Descriptor {
  let descriptor = Descriptor(owning: number)
  _ = fcntl(number, F_SETFD, FD_CLOEXEC)
  _ = fcntl(number, F_SETFL, O_NONBLOCK)
  #if canImport(Darwin)
    set(descriptor, SOL_SOCKET, SO_NOSIGPIPE, 1)
  #endif
  return descriptor
}

private func openSocket(_ family: Int32) -> Descriptor? {
  let number = socket(family, streamSocket | creationFlags, 0)
  return number < 0 ? nil : configured(number)
}

private func set(_ descriptor: Descriptor, _ level: Int32, _ option: Int32, _ value: Int32) {
  var value = value
  setsockopt(descriptor.number, level, option, &value, socklen_t(MemoryLayout<Int32>.size))
}

func sleep(for time: Duration) {
  let milliseconds = Int(time.milliseconds)
  var left = timespec(tv_sec: milliseconds / 1000, tv_nsec: milliseconds % 1000 * 1_000_000)
  var time = left
  // A signal ends it early.
  while nanosleep(&time, &left) != 0, errno == EINTR { time = left }
}

/// "pid 12 on host a".
func ownPlace() -> String {
  var name = [CChar](repeating: 0, count: 256)
  gethostname(&name, name.count - 1)
  let bytes = name.prefix { $0 != 0 }.map { UInt8(bitPattern: $0) }
  return "pid \(getpid()) on host \(String(decoding: bytes, as: UTF8.self))"
}

/// An address and a port, as the system has them.
private struct SocketAddress: Equatable {
  let family: Int32
  private var bytes: [UInt8]

  init(family: Int32, bytes: [UInt8]) {
    self.family = family
    self.bytes = bytes
  }

  func withPointer<Result>(_ body: (UnsafePointer<sockaddr>, socklen_t) -> Result) -> Result {
    var storage = sockaddr_storage()
    withUnsafeMutableBytes(of: &storage) { $0.copyBytes(from: bytes) }
    return withUnsafePointer(to: storage) { pointer in
      pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) { body($0, socklen_t(bytes.count)) }
    }
  }

  /// In network order after the family, for IPv4 and IPv6 alike.
  var port: Int { bytes.count < 4 ? 0 : Int(bytes[2]) << 8 | Int(bytes[3]) }

  /// Nothing but zeros where an IPv6 address is, after family, port and flow.
  var isWildcard: Bool { bytes.count >= 24 && bytes[8..<24].allSatisfy { $0 == 0 } }
}

private func localAddress(of descriptor: Descriptor) -> SocketAddress {
  var storage = sockaddr_storage()
  var length = socklen_t(MemoryLayout<sockaddr_storage>.size)
  _ = withUnsafeMutablePointer(to: &storage) { pointer in
    pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) {
      getsockname(descriptor.number, $0, &length)
    }
  }
  let bytes = withUnsafeBytes(of: storage) { Array($0.prefix(Int(length))) }
  return SocketAddress(family: Int32(storage.ss_family), bytes: bytes)
}

private func listeningAddresses(
  _ endpoint: HostAndPort
) throws(RendezvousError) -> [SocketAddress] {
  if endpoint.host == "localhost" { return try addresses(of: endpoint) }
  if let numeric = try? addresses(of: endpoint, flags: AI_NUMERICHOST) { return numeric }
  var wildcards: [SocketAddress] = []
  for host in ["::", "0.0.0.0"] {
    wildcards += try addresses(
      of: HostAndPort(host: host, port: endpoint.port), flags: AI_NUMERICHOST)
  }
  return wildcards
}

private func addresses(
  of endpoint: HostAndPort, flags: Int32 = 0
) throws(RendezvousError) -> [SocketAddress] {
  var hints = addrinfo()
  hints.ai_flags = flags | AI_NUMERICSERV
  hints.ai_socktype = streamSocket
  var list: UnsafeMutablePointer<addrinfo>?
  let code = getaddrinfo(endpoint.host, "\(endpoint.port)", &hints, &list)
  guard code == 0 else {
    throw RendezvousError(
      .unavailable,
      "the host \"\(endpoint.host)\" is not found: \(String(cString: gai_strerror(code)))")
  }
  defer { freeaddrinfo(list) }
  var found: [SocketAddress] = []
  var next = list
  while let entry = next?.pointee {
    let bytes = UnsafeRawBufferPointer(start: entry.ai_addr, count: Int(entry.ai_addrlen))
    found.append(SocketAddress(family: entry.ai_family, bytes: Array(bytes)))
    next = entry.ai_next
  }
  return found
}
