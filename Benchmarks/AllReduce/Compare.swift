import CUDARuntime
import CustomAllReduce
import Foundation
import NCCLBindings

/// Prints a table: by size, what the module takes and NCCL's time.
func compare(
  _ context: Context, _ exchange: any PeerExchange, _ nccl: NCCLLibrary?, _ sizes: [Int]
) throws {
  let fallback = try nccl.map { try NCCLRank($0, context, exchange) }
  let allReduce = try CustomAllReduce(context, exchange: exchange, fallback: fallback)
  let measurement = try Measurement(context, exchange, largest: sizes.max() ?? 16)
  say(exchange, "refusals: \(allReduce.refusals)")
  for dataType in [CustomAllReduce.DataType.bfloat16, .float32] {
    say(exchange, "\(dataType), \(exchange.nRanks) GPUs, microseconds a call in graphs")
    say(exchange, line("bytes", "ours", "regist.", "NCCL", "ours/NCCL", "kernel"))
    for byteCount in sizes {
      let count = byteCount / dataType.byteCount
      let (input, output) = (measurement.input.pointer, measurement.output.pointer)
      func call(_ stream: CUDARuntime.Stream) throws {
        try allReduce.allReduce(input, into: output, count: count, dataType: dataType, in: stream)
      }
      let ours = try measurement.time(byteCount, call)
      let registered = try measurement.time(
        byteCount, capture: Measurement.registering(allReduce), call)
      let theirs = try fallback.flatMap { fallback in
        try measurement.time(byteCount) { stream in
          try fallback.allReduce(
            input, into: output, count: count, dataType: dataType, reductionOp: .sum, in: stream)
        }
      }
      let ratio = zip(ours, theirs).map { $0 / $1 }
      say(
        exchange,
        line(
          "\(byteCount)", text(ours), text(registered), text(theirs), text(ratio),
          "\(allReduce.explain(count: count, dataType: dataType))"))
    }
  }
  try allReduce.check()
  try allReduce.close()
}

private func zip(_ left: Double?, _ right: Double?) -> (Double, Double)? {
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
