internal import Glibc
internal import Synchronization

/// Ports that no test was given yet: those that LaunchEnvironment makes of the numbers of jobs. They
/// lie below the range from which the system serves those who ask for any port, so nobody gets one by
/// chance before the test uses it.
private let ports = Mutex(Array(12001..<20192).shuffled())

/// A port that is free now, and that no other test of this process is given.
package func freePort() throws -> Int {
  while let port = ports.withLock({ $0.popLast() }) {
    if isFree(port) { return port }
  }
  throw NoFreePort()
}

private struct NoFreePort: Error {}

private func isFree(_ port: Int) -> Bool {
  let probe = socket(AF_INET, Int32(SOCK_STREAM.rawValue), 0)
  defer { close(probe) }
  var address = sockaddr_in()
  address.sin_family = sa_family_t(AF_INET)
  address.sin_port = in_port_t(port).bigEndian
  return withUnsafePointer(to: &address) { pointer in
    pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) {
      bind(probe, $0, socklen_t(MemoryLayout<sockaddr_in>.size)) == 0
    }
  }
}
