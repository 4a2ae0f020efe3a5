internal import CUDARuntime
internal import Collectives
internal import Glibc

/// Where a rank runs.
struct DeviceInfo: Sendable, Equatable {
  let rank: Int
  let host: String
  let processID: Int
  /// nil: the CPU.
  let ordinal: Int?
  let name: String
  /// nil: the CPU.
  let pciBusID: String?

  init(
    rank: Int, host: String, processID: Int, ordinal: Int?, name: String, pciBusID: String?
  ) {
    self.rank = rank
    self.host = host
    self.processID = processID
    self.ordinal = ordinal
    self.name = name
    self.pciBusID = pciBusID
  }

  init(_ accelerator: Accelerator, rank: Int) throws {
    let device = accelerator.context?.device
    self.init(
      rank: rank, host: Self.hostName, processID: Int(getpid()), ordinal: device?.ordinal,
      name: try device?.name() ?? "CPU", pciBusID: try device?.pciBusID())
  }

  private static var hostName: String {
    var bytes = [CChar](repeating: 0, count: 256)
    guard gethostname(&bytes, bytes.count - 1) == 0 else { return "unknown" }
    return String(decoding: bytes.prefix { $0 != 0 }.map { UInt8(bitPattern: $0) }, as: UTF8.self)
  }
}

extension DeviceInfo {
  var json: JSONValue {
    [
      "rank": .integer(rank), "host": .text(host), "process_id": .integer(processID),
      "device": JSONValue(ordinal), "name": .text(name), "pci_bus_id": JSONValue(pciBusID),
    ]
  }

  init(json: JSONValue) throws {
    guard let rank = json["rank"]?.integer, let host = json["host"]?.text,
      let processID = json["process_id"]?.integer, let name = json["name"]?.text
    else { throw PerfError("a rank did not say where it runs") }
    self.init(
      rank: rank, host: host, processID: processID, ordinal: json["device"]?.integer, name: name,
      pciBusID: json["pci_bus_id"]?.text)
  }
}
