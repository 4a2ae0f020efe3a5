import CUDARuntime
import CollectiveInterface
import Collectives
import CustomAllReduce
import Foundation
import LibraryLoader

/// What was measured, on what, and how to do so again.
private struct Report: Codable {
  let date, hardware, command: String
  /// The release; nil: it was not there.
  let nccl: String?
  let comparisons: [Comparison]

  init(_ context: Context, _ nccl: Communicator?, _ comparisons: [Comparison]) throws {
    date = Date.now.formatted(.iso8601.year().month().day())
    hardware =
      "\(comparisons.first?.ranks ?? 0) x \(try context.device.name()), NVLink, one thread a GPU"
    // Without the folders of this machine.
    let words = CommandLine.arguments.dropFirst().map { URL(filePath: $0).lastPathComponent }
    command = (["allreduce-bench"] + words).joined(separator: " ")
    self.nccl = nccl?.library.library.release?.description
    self.comparisons = comparisons
  }
}

/// What was measured of one size.
private struct Comparison: Codable {
  let ranks: Int
  let dataType: String
  let byteCount: Int
  /// Microseconds a call; nil: not measured. Symmetric: NCCL's on buffers in windows.
  let ours, registered, nccl, symmetric: Double?
  let decision: String
}

/// Prints tables and writes a file: by size, what the module takes and NCCL's time.
func compare(
  _ context: Context, _ exchange: any PeerExchange, _ nccl: Communicator?, file: String,
  _ sizes: [Int]
) throws {
  let allReduce = try CustomAllReduce(context, exchange: exchange, fallback: nccl)
  let measurement = try Measurement(context, exchange, largest: sizes.max() ?? 16)
  say(exchange, "refusals: \(allReduce.refusals)")
  var windows: SymmetricBuffers?
  do {
    windows = try nccl.map {
      try SymmetricBuffers($0, measurement.stream, largest: sizes.max() ?? 16)
    }
  } catch { say(exchange, "no symmetric windows: \(error)") }
  var comparisons: [Comparison] = []
  for dataType in [DataType.bfloat16, .float32] {
    say(exchange, "\(dataType), \(exchange.nRanks) GPUs, microseconds a call in graphs")
    say(exchange, line("bytes", "ours", "regist.", "NCCL", "symmetric", "ours/NCCL", "kernel"))
    for byteCount in sizes {
      let row = try compare(byteCount, dataType, allReduce, nccl, windows, measurement)
      comparisons.append(row)
      let ratio = zip(row.ours, row.nccl).map { $0 / $1 }
      say(
        exchange,
        line(
          "\(byteCount)", text(row.ours), text(row.registered), text(row.nccl),
          text(row.symmetric), text(ratio), row.decision))
    }
  }
  try allReduce.check()
  try allReduce.close()
  guard exchange.rank == 0 else { return }
  let encoder = JSONEncoder()
  encoder.outputFormatting = [.prettyPrinted, .sortedKeys]
  try encoder.encode(Report(context, nccl, comparisons)).write(to: URL(filePath: file))
}

private func compare(
  _ byteCount: Int, _ dataType: DataType, _ allReduce: CustomAllReduce,
  _ nccl: Communicator?, _ windows: SymmetricBuffers?, _ measurement: Measurement
) throws -> Comparison {
  let count = byteCount / dataType.byteCount
  let (input, output) = (measurement.input.pointer, measurement.output.pointer)
  func call(_ stream: CUDARuntime.Stream) throws {
    try allReduce.allReduce(input, into: output, count: count, dataType: dataType, on: stream)
  }
  return Comparison(
    ranks: allReduce.nRanks, dataType: "\(dataType)", byteCount: byteCount,
    ours: try measurement.time(byteCount, call),
    registered: try measurement.time(
      byteCount, capture: Measurement.registering(allReduce), call),
    nccl: try nccl.flatMap { try measurement.time(byteCount, dataType, by: $0) },
    symmetric: try zip(nccl, windows).flatMap {
      try measurement.time(byteCount, dataType, by: $0, in: $1)
    },
    decision: "\(allReduce.explain(count: count, dataType: dataType))")
}

private func zip<Left, Right>(_ left: Left?, _ right: Right?) -> (Left, Right)? {
  guard let left, let right else { return nil }
  return (left, right)
}

func text(_ time: Double?) -> String { time.map { String(format: "%.2f", $0) } ?? "-" }

func line(_ words: String...) -> String {
  words.map { $0.count < 10 ? String(repeating: " ", count: 10 - $0.count) + $0 : $0 }
    .joined(separator: " ")
}

/// Once for all ranks.
func say(_ exchange: any PeerExchange, _ text: String) {
  guard exchange.rank == 0 else { return }
  print(text)
  fflush(nil)
}
