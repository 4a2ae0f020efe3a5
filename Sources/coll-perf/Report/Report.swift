internal import CollectiveInterface
internal import LibraryLoader

/// What a run has found, as rank 0 knows it.
struct Report: Sendable {
  /// What was measured, and where.
  struct Subject: Sendable {
    var command: [String]
    /// Of the series in plots.
    var label: String
    /// In UTC, as ISO 8601 has it.
    var date: String
    var vendor: String
    var libraryPath: String
    var release: String?
    var flavour: String?
    /// Whether the library is a stand-in on the CPU.
    var isStandIn: Bool
    var devices: [DeviceInfo]
  }

  var subject: Subject
  var settings: Settings
  var rows: [Row] = []
  var overhead: Overhead?

  private var timings: [(row: Row, timing: Timing)] {
    rows.flatMap { row in
      [row.outOfPlace, row.inPlace].compactMap(\.self).map { (row, $0) }
    }
  }

  /// Of both places of all rows, in 10⁹ bytes a second.
  var averageBusBandwidth: Double {
    timings.isEmpty
      ? 0 : timings.reduce(0) { $0 + $1.row.busBandwidth($1.timing) } / Double(timings.count)
  }

  /// nil: nothing was checked.
  var wrong: Int? {
    settings.isChecked ? timings.reduce(0) { $0 + ($1.timing.wrong ?? 0) } : nil
  }
}

extension Report.Subject {
  init(
    _ library: any CollectiveLibrary, _ devices: [DeviceInfo], command: [String], label: String?,
    date: String, mode: String
  ) {
    let library = library.library
    self.init(
      command: command, label: "", date: date, vendor: library.vendor, libraryPath: library.path,
      release: library.release.map(\.description), flavour: library.flavour,
      isStandIn: library.address(ofSymbol: "hostCollectivesDescription") != nil, devices: devices)
    self.label =
      label ?? "coll-perf, \(vendor) \(release ?? "")\(isStandIn ? " on the CPU" : ""), \(mode)"
  }
}

extension Settings {
  /// How operations are put into the stream.
  var mode: String { graphOperations == nil ? "eager" : "graph" }
}
