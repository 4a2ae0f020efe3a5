/// What a plot needs of a file of results: of ours, or of another program's with the same keys.
struct PlotDocument: Sendable {
  struct Measurement: Sendable {
    let operation: String
    let dataType: String
    let reduction: String?
    let size: Double
    /// In microseconds.
    let time: Double
    /// In 10⁹ bytes a second.
    let busBandwidth: Double
  }

  let label: String
  let nRanks: Int
  let measurements: [Measurement]

  /// - Throws: `PerfError` that names the file and the key.
  init(_ json: JSONValue, named name: String) throws {
    func missing(_ key: String) -> PerfError {
      PerfError("\(name): \"\(key)\" is missing, or no value")
    }
    guard json["schema"]?.text == "coll-perf-1" else {
      throw PerfError("\(name): its \"schema\" is not \"coll-perf-1\"")
    }
    guard let label = json["label"]?.text else { throw missing("label") }
    guard let nRanks = json["n_ranks"]?.integer else { throw missing("n_ranks") }
    guard let rows = json["measurements"]?.elements else { throw missing("measurements") }
    self.label = label
    self.nRanks = nRanks
    measurements = try rows.enumerated().map { index, row in
      func missing(_ key: String) -> PerfError {
        PerfError("\(name): measurement \(index): \"\(key)\" is missing, or no value")
      }
      guard let operation = row["operation"]?.text else { throw missing("operation") }
      guard let dataType = row["data_type"]?.text else { throw missing("data_type") }
      guard let size = row["size_bytes"]?.number else { throw missing("size_bytes") }
      guard let timing = row["out_of_place"] ?? nil else { throw missing("out_of_place") }
      guard let time = timing["time_us"]?.number else { throw missing("out_of_place.time_us") }
      guard let bandwidth = timing["busbw_gb_s"]?.number else {
        throw missing("out_of_place.busbw_gb_s")
      }
      return Measurement(
        operation: operation, dataType: dataType, reduction: row["reduction"]?.text, size: size,
        time: time, busBandwidth: bandwidth)
    }
  }
}
