internal import CUDARuntime

/// What every rank tells the others about itself before anything is shared.
struct RankDescription: Hashable, Sendable {
  /// Of the host, such that two hosts differ.
  var host: String
  var device: DeviceUUID
  var capability: ComputeCapability
  /// Of everything that must be the same on all ranks: sources, options, table.
  var configuration: String

  var bytes: [UInt8] {
    var writer = ByteWriter()
    writer.append(host)
    writer.append(device.bytes)
    writer.append(Int32(clamping: capability.major))
    writer.append(Int32(clamping: capability.minor))
    writer.append(configuration)
    return writer.bytes
  }

  init(
    host: String, device: DeviceUUID, capability: ComputeCapability,
    configuration: String
  ) {
    self.host = host
    self.device = device
    self.capability = capability
    self.configuration = configuration
  }

  init(bytes: [UInt8]) throws(ExchangeError) {
    var reader = ByteReader(bytes)
    host = try reader.readText()
    device = DeviceUUID(bytes: try reader.readBytes())
    let major: Int32 = try reader.read()
    let minor: Int32 = try reader.read()
    capability = ComputeCapability(major: Int(major), minor: Int(minor))
    configuration = try reader.readText()
  }
}

/// Whether ranks that describe themselves so may share memory. Every rank has the same descriptions
/// and so finds the same.
enum Eligibility {
  static let ranks = 2...ArgumentsLayout.maxRanks
  static let oldestCapability = ComputeCapability(major: 8, minor: 0)

  static func refusals(_ ranks: [RankDescription], sharesDevices: Bool = false) -> [Refusal] {
    var refusals: [Refusal] = []
    func refuse(_ rank: Int?, _ reason: String) {
      refusals.append(Refusal(rank: rank, reason: reason))
    }
    if !Self.ranks.contains(ranks.count) {
      refuse(nil, "there are \(ranks.count) ranks; 2 to \(Self.ranks.upperBound) can share memory")
    }
    for (rank, description) in ranks.enumerated() {
      if description.host != ranks[0].host { refuse(rank, "is on another host than rank 0") }
      let twin = ranks[..<rank].firstIndex { $0.device == description.device }
      if let twin, !sharesDevices {
        refuse(rank, "has the same GPU as rank \(twin), \(description.device)")
      }
      if description.capability < oldestCapability {
        refuse(
          rank, "compute capability \(description.capability); the kernels need \(oldestCapability)"
        )
      }
      if description.capability != ranks[0].capability {
        refuse(
          rank, "compute capability \(description.capability); rank 0 has \(ranks[0].capability)")
      }
      if description.configuration != ranks[0].configuration {
        refuse(
          rank,
          "other options or kernels than rank 0: \(description.configuration), and there "
            + ranks[0].configuration)
      }
    }
    return refusals
  }

  /// The ranks to or from whose devices there is no NVLink.
  ///
  /// - Parameter isLinked: Whether there is NVLink from one rank's device to another's.
  static func unlinkedPeers(
    of rank: Int, nRanks: Int, isLinked: (Int, Int) -> Bool
  ) -> [Int] {
    (0..<nRanks).filter { $0 != rank && !(isLinked(rank, $0) && isLinked($0, rank)) }
  }
}
