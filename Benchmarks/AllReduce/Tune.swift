import CUDARuntime
import Collectives
import CustomAllReduce
import Foundation

/// Measures what may be quickest at each size, and writes a table of what is.
func tune(
  _ context: Context, _ exchange: any PeerExchange, _ nccl: Communicator?, file: String,
  _ sizes: [Int]
) throws {
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
    let limit = try nccl.flatMap { try measurement.time(byteCount, by: $0) }
    let times = try candidates(byteCount, exchange.nRanks).compactMap { launch in
      try measurement.time(byteCount, by: allReduce, launch).map { (launch: launch, time: $0) }
    }
    let report = times.map { "\(name($0.launch)) \(text($0.time))" }.joined(separator: "  ")
    say(exchange, "\(byteCount): NCCL \(text(limit))  \(report)")
    let best = quickest(
      times.filter { $0.launch.kernel != .pullAndPush }, below: limit, before: rows.last?.launch)
    let registered = quickest(
      times.filter { $0.launch.kernel == .pullAndPush }, below: best?.time ?? limit,
      before: rows.last?.registered)
    rows.append(.init(upTo: byteCount, best?.launch, registered: registered?.launch))
  }
  try allReduce.check()
  try allReduce.close()
  guard exchange.rank == 0 else { return }
  let table = try SelectionTable(merged(rows))
  try table.text.write(toFile: file, atomically: true, encoding: .utf8)
  print(table.text)
}

private typealias Timed = (launch: SelectionTable.Launch, time: Double)

/// The quickest of some; what the sizes before have stays as long as it is as good as that.
private func quickest(
  _ times: [Timed], below limit: Double?, before: SelectionTable.Launch?
) -> Timed? {
  guard let best = times.min(by: { $0.time < $1.time }), best.time < limit ?? .infinity else {
    return nil
  }
  // What two runs differ by.
  return times.first { $0.launch == before && $0.time < best.time * 1.01 } ?? best
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
