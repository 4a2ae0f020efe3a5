internal import Collectives

/// The report as a table that users of nccl-tests know. Lines that are no rows begin with `#`.
enum Table {
  static func header(_ subject: Report.Subject, _ settings: Settings) -> [String] {
    var lines = [
      "# coll-perf \(CollPerf.version), \(subject.vendor) \(subject.release ?? "of unknown release")"
        + (subject.flavour.map { ", flavour \($0)" } ?? "")
        + (subject.isStandIn ? ", a stand-in on the CPU" : ""),
      "# library: \(subject.libraryPath)",
      "# \(subject.devices.count) ranks, \(settings.mode), \(settings.iterations) operations a round, "
        + "\(settings.warmUps) to warm up, medians of \(settings.rounds) rounds, slowest rank",
    ]
    for device in subject.devices {
      lines.append(
        "#   rank \("\(device.rank)".right(3))  \(device.host), process \(device.processID)  "
          + (device.ordinal.map { "device \("\($0)".right(2))  " } ?? "")
          + (device.pciBusID.map { "\($0)  " } ?? "") + device.name)
    }
    return lines + ["#"]
  }

  static func columns(_ operation: Operation) -> [String] {
    let names = ["time", "algbw", "busbw", "#wrong"]
    let place = cells(zip(names, timingWidths))
    return [
      "# \(operation.rawValue)",
      "#" + String(repeating: " ", count: 51) + center("out-of-place", place.count)
        + center("in-place", place.count),
      "#" + cells(zip(["size", "count", "type", "redop", "root"], caseWidths)).dropFirst() + place
        + place,
      "#"
        + cells(zip(["(B)", "(elements)", "", "", ""], caseWidths)).dropFirst()
        + cells(zip(["(us)", "(GB/s)", "(GB/s)", ""], timingWidths))
        + cells(zip(["(us)", "(GB/s)", "(GB/s)", ""], timingWidths)),
    ]
  }

  static func row(_ row: Row) -> String {
    let test = row.test
    let texts = [
      "\(row.byteCount)", "\(row.count)", test.dataType.name,
      test.reduction?.description ?? "none", "\(test.root ?? -1)",
    ]
    return cells(zip(texts, caseWidths)) + cells(row, row.outOfPlace) + cells(row, row.inPlace)
  }

  static func footer(_ report: Report) -> [String] {
    var lines: [String] = []
    if let wrong = report.wrong {
      lines.append("# Out of bounds values : \(wrong) \(wrong == 0 ? "OK" : "FAILED")")
    }
    if !report.rows.isEmpty {
      lines.append("# Avg bus bandwidth    : \(report.averageBusBandwidth.significant(6))")
    }
    return lines
  }

  static func overhead(_ overhead: Overhead) -> [String] {
    [
      "# all-reduce of \(overhead.count) float32: time of the host until the call returns, medians of "
        + "\(overhead.samples) samples, slowest rank",
      "communicator.allReduce \(overhead.communicator.fixed(0).right(8)) ns",
      "ncclAllReduce          \(overhead.direct.fixed(0).right(8)) ns",
      "ratio                  \(overhead.ratio.fixed(3).right(8))",
    ]
  }

  // MARK: Cells

  private static let caseWidths = [12, 14, 11, 8, 7]
  private static let timingWidths = [10, 9, 9, 8]

  private static func cells(_ texts: Zip2Sequence<[String], [Int]>) -> String {
    texts.map { $0.right($1) }.joined()
  }

  private static func cells(_ row: Row, _ timing: Timing?) -> String {
    guard let timing else { return cells(zip(["N/A", "N/A", "N/A", "N/A"], timingWidths)) }
    return cells(
      zip(
        [
          time(timing.time), row.algorithmBandwidth(timing).fixed(2),
          row.busBandwidth(timing).fixed(2), timing.wrong.map { "\($0)" } ?? "N/A",
        ], timingWidths))
  }

  /// With as many digits as matter.
  private static func time(_ time: Double) -> String {
    time.fixed(time >= 10_000 ? 0 : time >= 100 ? 1 : 2)
  }

  private static func center(_ text: String, _ width: Int) -> String {
    text.right(text.count + (width - text.count) / 2).left(width)
  }
}
