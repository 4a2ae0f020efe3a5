#if canImport(Darwin)
  internal import Darwin
#elseif canImport(Musl)
  internal import Musl
#else
  internal import Glibc
#endif

/// A file descriptor, closed when the last reference goes. Those of sockets do not block, raise no
/// SIGPIPE, and no child process inherits any.
final class Descriptor: Sendable {
  let number: Int32

  init(owning number: Int32) { self.number = number }

  deinit { close(number) }
}

/// What came of sending or receiving.
enum Transfer {
  case bytes(Int)
  case wouldBlock
  /// The other end is gone, or the connection is broken.
  case ended
}

extension Descriptor {
  func send(_ bytes: ArraySlice<UInt8>) -> Transfer {
    #if canImport(Darwin)
      let flags: Int32 = 0  // SO_NOSIGPIPE is set.
    #else
      let flags = Int32(MSG_NOSIGNAL)
    #endif
    guard !bytes.isEmpty else { return .bytes(0) }
    return transfer {
      bytes.withUnsafeBytes { platformSend(number, $0.baseAddress, $0.count, flags) }
    }
  }

  func receive(into buffer: inout [UInt8]) -> Transfer {
    let result = transfer {
      buffer.withUnsafeMutableBytes { recv(number, $0.baseAddress, $0.count, 0) }
    }
    if case .bytes(0) = result { return .ended }
    return result
  }

  private func transfer(_ body: () -> Int) -> Transfer {
    while true {
      let count = body()
      if count >= 0 { return .bytes(count) }
      switch errno {
      case EINTR: continue
      case EAGAIN, EWOULDBLOCK: return .wouldBlock
      default: return .ended
      }
    }
  }

  /// Waits for input, or for room for output.
  func isReady(output: Bool, within time: Duration) -> Bool {
    poll([PollInterest(self, output: output)], time)[0]
  }
}

private func platformSend(
  _ descriptor: Int32, _ bytes: UnsafeRawPointer?, _ count: Int, _ flags: Int32
) -> Int {
  send(descriptor, bytes, count, flags)
}

/// What to wait for: input always.
struct PollInterest {
  let descriptor: Descriptor
  let output: Bool

  init(_ descriptor: Descriptor, output: Bool) {
    self.descriptor = descriptor
    self.output = output
  }
}

/// Waits until something can be done with one of them, or the time is over, or a signal comes.
///
/// - Returns: For each whether it has what it waits for, or is broken.
func poll(_ interests: [PollInterest], _ time: Duration?) -> [Bool] {
  var entries = interests.map { interest in
    pollfd(
      fd: interest.descriptor.number,
      events: Int16(POLLIN) | (interest.output ? Int16(POLLOUT) : 0),
      revents: 0)
  }
  let count = poll(&entries, nfds_t(entries.count), time?.milliseconds ?? -1)
  return entries.map { count > 0 && $0.revents != 0 }
}

/// The system's words for an error.
func errorText(_ code: Int32) -> String { String(cString: strerror(code)) }
