/// Where the ranks of a job meet: `tcp://host:port` or `file:///directory`.
public enum StoreAddress: Sendable, Hashable {
  /// Rank 0 serves at this port of this host; an IPv6 address is written without brackets here.
  case tcp(host: String, port: Int)
  /// A directory that all ranks see.
  case file(directory: String)

  /// Reads `tcp://host:port`, `tcp://[::1]:port` or `file:///directory`.
  ///
  /// - Throws: `invalidArgument` that says what is wrong with the text.
  public init(_ text: String) throws(RendezvousError) {
    if let path = text.removing(prefix: "file://") {
      guard path.hasPrefix("/") else {
        throw Self.malformed(text, "a file store needs an absolute path, with three slashes")
      }
      self = .file(directory: path)
    } else if let rest = text.removing(prefix: "tcp://") {
      guard let endpoint = HostAndPort(rest) else {
        throw Self.malformed(text, "a TCP store needs a host and a port of 0 to 65535")
      }
      self = .tcp(host: endpoint.host, port: endpoint.port)
    } else {
      throw Self.malformed(text, "it begins with neither tcp:// nor file://")
    }
  }

  private static func malformed(_ text: String, _ reason: String) -> RendezvousError {
    RendezvousError(
      .invalidArgument,
      "\"\(text)\" is no store: \(reason); "
        + "write tcp://HOST:PORT, tcp://[IPV6]:PORT or file:///DIRECTORY")
  }

  /// Joins the job as a rank. Blocks: a rank of a TCP store until it has found rank 0.
  ///
  /// - Throws: What the store's initializer throws.
  public func open(
    job: String, rank: Int, nRanks: Int, timeout: Duration = .seconds(30)
  ) throws(RendezvousError) -> any Store {
    switch self {
    case .tcp(let host, let port):
      try TCPStore(
        host: host, port: port, job: job, rank: rank, nRanks: nRanks, timeout: timeout)
    case .file(let directory):
      try FileStore(
        directory: directory, job: job, rank: rank, nRanks: nRanks, timeout: timeout)
    }
  }
}

extension StoreAddress: CustomStringConvertible {
  /// The text that it can be read from again.
  public var description: String {
    switch self {
    case .tcp(let host, let port): "tcp://\(HostAndPort(host: host, port: port))"
    case .file(let directory): "file://\(directory)"
    }
  }
}

/// `host:port`, with brackets around an IPv6 address.
struct HostAndPort: Sendable, Hashable, CustomStringConvertible {
  let host: String
  let port: Int

  init(host: String, port: Int) {
    self.host = host
    self.port = port
  }

  init?(_ text: String) {
    let host: Substring
    let port: Substring
    if text.hasPrefix("[") {
      guard let end = text.firstIndex(of: "]") else { return nil }
      host = text[text.index(after: text.startIndex)..<end]
      let rest = text[text.index(after: end)...]
      guard rest.hasPrefix(":"), host.contains(":") else { return nil }
      port = rest.dropFirst()
    } else {
      // More than one colon is an IPv6 address without brackets: which of them begins the port?
      let parts = text.split(separator: ":", omittingEmptySubsequences: false)
      guard parts.count == 2 else { return nil }
      (host, port) = (parts[0], parts[1])
    }
    guard !host.isEmpty, !host.utf8.contains(where: { $0 <= 0x20 || $0 == 0x2F || $0 == 0x7F }),
      let number = decimal(port), number <= 65535
    else { return nil }
    self.init(host: String(host), port: number)
  }

  var description: String { host.contains(":") ? "[\(host)]:\(port)" : "\(host):\(port)" }
}

/// A number of digits and nothing else: `Int` would take a sign.
func decimal(_ text: some StringProtocol) -> Int? {
  guard text.utf8.allSatisfy({ (0x30...0x39).contains($0) }) else { return nil }
  return Int(text)
}

extension String {
  func removing(prefix: String) -> String? {
    hasPrefix(prefix) ? String(dropFirst(prefix.count)) : nil
  }
}
