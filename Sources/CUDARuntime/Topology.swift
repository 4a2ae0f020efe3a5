internal import LibraryLoader
internal import NVMLBindings

/// How the devices of a process are linked.
public struct Topology: Sendable {
  /// How two devices reach each other.
  public enum Link: Sendable, Hashable {
    /// Over NVLink, directly or through switches.
    case nvlink
    /// Over PCI Express or further around.
    case other
  }

  /// The devices' numbers.
  public let ordinals: [Int]
  private let links: [[Link]]

  init(ordinals: [Int], links: [[Link]]) {
    self.ordinals = ordinals
    self.links = links
  }

  /// The link between two devices, by their places in `ordinals`; to itself it is NVLink.
  public func link(_ from: Int, _ to: Int) -> Link { links[from][to] }

  /// Whether there is NVLink between every pair.
  public var isFullyLinked: Bool { links.allSatisfy { $0.allSatisfy { $0 == .nvlink } } }

  /// Pairs without NVLink, as device numbers.
  public var unlinkedPairs: [(Int, Int)] {
    ordinals.indices.flatMap { from in
      ordinals.indices.filter { $0 > from && links[from][$0] != .nvlink }
        .map { (ordinals[from], ordinals[$0]) }
    }
  }
}

extension CUDA {
  /// Asks NVML how devices are linked. The devices are told to it by their UUIDs, since its numbers
  /// do not follow `CUDA_VISIBLE_DEVICES`.
  ///
  /// - Throws: `CUDAError.library` where NVML cannot be loaded.
  /// - C: `nvmlDeviceGetP2PStatus` with `NVML_P2P_CAPS_INDEX_NVLINK`
  public func topology(of devices: [Device]) throws(CUDAError) -> Topology {
    let uuids = try devices.map { (device) throws(CUDAError) in try device.uuid() }
    return Topology(ordinals: devices.map(\.ordinal), links: try links(between: uuids))
  }

  /// The same for devices that this process need not see; a line for each.
  package func links(between uuids: [DeviceUUID]) throws(CUDAError) -> [[Topology.Link]] {
    let nvml = try nvml()
    let handles = try uuids.map { (uuid) throws(CUDAError) in
      try calling { () throws(CollectiveError) in
        try nvml.deviceGetHandleByUUID(uuid: uuid.description)
      }
    }
    var links: [[Topology.Link]] = []
    for (row, from) in handles.enumerated() {
      var line: [Topology.Link] = []
      for (column, to) in handles.enumerated() {
        guard uuids[row] != uuids[column] else {
          line.append(.nvlink)
          continue
        }
        let status = try calling { () throws(CollectiveError) in
          try nvml.deviceGetP2PStatus(device1: from, device2: to, p2pIndex: .nvlink)
        }
        line.append(status == .ok ? .nvlink : .other)
      }
      links.append(line)
    }
    return links
  }
}
