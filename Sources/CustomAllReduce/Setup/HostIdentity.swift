internal import Glibc

/// What is the same for two processes exactly if they run under one kernel and so on one host.
enum HostIdentity {
  private static let path = "/proc/sys/kernel/random/boot_id"

  /// The number that Linux gives itself at each start.
  static func current() throws(CustomAllReduceError) -> String {
    let file = open(path, O_RDONLY | O_CLOEXEC)
    guard file >= 0 else {
      throw .invalidArgument("\(path), which tells one host from another, cannot be read")
    }
    defer { close(file) }
    var bytes = [UInt8](repeating: 0, count: 64)
    let count = read(file, &bytes, bytes.count)
    return String(decoding: bytes.prefix(max(count, 0)).prefix { $0 > 32 }, as: UTF8.self)
  }
}
