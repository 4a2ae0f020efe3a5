import CUDARuntime
import CustomAllReduce
import Foundation
import NCCLBindings

/// Measures what may be quickest at each size, and writes a table of what is.
func tune(
  _ context: Context, _ exchange: any PeerExchange, _ nccl: NCCLLibrary?, file: String,
  _ sizes: [Int]
) throws {
  let fallback = try nccl.map { try NCCLRank($0, context, exchange) }
  var options = CustomAllReduce.Options()
  options.dataTypes = [.bfloat16]
  // The workspaces of both kernels.
  options.selection = try SelectionTable([
    .init(upTo: oneShotLimit(exchange.nRanks), .init(.oneShotPush, threads: 512, blocks: 132)),
    .init(upTo: .max, .init(.twoShotPush, threads: 512, blocks: 132)),
  ])
  let allReduce = try CustomAllReduce(context, exchange: exchange, options: options)
  say(exchange, "refusals: \(allReduce.refusals)")
  let measurement = try Measurement(context, exchange, largest: sizes.max() ?? 16)
  var rows: [SelectionTable.Row] = []
  for byteCount in sizes {
    let (input, output) = (measurement.input.pointer, measurement.output.pointer)
    func time(_ launch: SelectionTable.Launch) throws -> Double? {
      let registers = launch.kernel == .pullAndPush
      return try measurement.time(
        byteCount,
        capture: registers ? Measurement.registering(allReduce) : Measurement.plainCapture
      ) { stream in
        try allReduce.allReduce(
          input, into: output, count: byteCount / 2, dataType: .bfloat16, using: launch, in: stream)
      }
    }
    let theirs = try fallback.flatMap { fallback in
      try measurement.time(byteCount) { stream in
        try fallback.allReduce(
          input, into: output, count: byteCount / 2, dataType: .bfloat16, reductionOp: .sum,
          in: stream)
      }
    }
    var best: (time: Double, launch: SelectionTable.Launch)?
    var bestRegistered: (time: Double, launch: SelectionTable.Launch)?
    var report = "\(byteCount): NCCL \(text(theirs))"
    for launch in candidates(byteCount, exchange.nRanks) {
      guard let time = try time(launch) else { continue }
      report += "  \(name(launch)) \(text(time))"
      if launch.kernel == .pullAndPush {
        if time < bestRegistered?.time ?? .infinity { bestRegistered = (time, launch) }
      } else if time < best?.time ?? .infinity {
        best = (time, launch)
      }
    }
    say(exchange, report)
    let limit = theirs ?? .infinity
    if let known = best, known.time >= limit { best = nil }
    if let known = bestRegistered, known.time >= min(limit, best?.time ?? .infinity) {
      bestRegistered = nil
    }
    rows.append(.init(upTo: byteCount, best?.launch, registered: bestRegistered?.launch))
  }
  try allReduce.check()
  try allReduce.close()
  guard exchange.rank == 0 else { return }
  let table = try SelectionTable(merged(rows))
  try table.text.write(toFile: file, atomically: true, encoding: .utf8)
  print(table.text)
}

private func name(_ launch: SelectionTable.Launch) -> String {
  "\(launch.kernel.rawValue.prefix(3))/\(launch.threads)x\(launch.blocks)"
}

/// Beyond this one-shot push cannot be quickest.
private func oneShotLimit(_ nRanks: Int) -> Int {
  nRanks == 2 ? 8 << 20 : nRanks <= 4 ? 1 << 20 : 512 << 10
}

private func candidates(_ byteCount: Int, _ nRanks: Int) -> [SelectionTable.Launch] {
  var launches: [SelectionTable.Launch] = []
  let shapes =
    byteCount <= 128 << 10
    ? [(64, 132), (128, 132), (256, 64)] : [(256, 132), (512, 132), (256, 256)]
  if byteCount <= oneShotLimit(nRanks) {
    launches += shapes.map { SelectionTable.Launch(.oneShotPush, threads: $0.0, blocks: $0.1) }
  }
  if byteCount >= 64 << 10 {
    launches += shapes.map { SelectionTable.Launch(.twoShotPush, threads: $0.0, blocks: $0.1) }
  }
  if byteCount >= 1 << 20 {
    launches += [(512, 24), (512, 64), (512, 132)].map {
      SelectionTable.Launch(.pullAndPush, threads: $0.0, blocks: $0.1)
    }
  }
  return launches
}

/// Neighbours that are alike as one row, and the last for everything larger.
private func merged(_ rows: [SelectionTable.Row]) -> [SelectionTable.Row] {
  var merged: [SelectionTable.Row] = []
  for row in rows {
    if let last = merged.last, last.launch == row.launch, last.registered == row.registered {
      merged.removeLast()
    }
    merged.append(row)
  }
  if let last = merged.last, last.launch == nil, last.registered == nil { merged.removeLast() }
  return merged + [.init(upTo: .max, nil)]
}
