import CUDARuntime
import Collectives
import CustomAllReduce

/// Eager calls and graphs, back to back.
func checkRepetition(_ rank: Rank, replays: Int) throws {
  let allReduce = try rank.make()
  let stream = try Stream(rank.context)
  let series = try Series<Float>(rank, calls: 50, seed: 1, largest: 14)
  try series.poison(stream)
  for _ in 0..<replays { try series.run(allReduce, stream) }
  try stream.synchronize()
  try series.check(rank, "\(replays) rounds of eager calls")

  let graph = try series.graph(allReduce, stream, registersBuffers: false)
  for replay in 0..<replays {
    try graph.launch(in: stream)
    if replay % 100 == 0 { try series.run(allReduce, stream) }
    if replay % 500 == 0 { try stream.synchronize() }
  }
  try stream.synchronize()
  try series.check(rank, "\(replays) replays with eager calls between")
  try allReduce.check()
  try checkStreams(rank, allReduce, series)
  try allReduce.close()
}

/// Calls that take turns on two streams.
private func checkStreams(
  _ rank: Rank, _ allReduce: CustomAllReduce, _ series: Series<Float>
) throws {
  let streams = [try Stream(rank.context), try Stream(rank.context)]
  try series.poison(streams[0])
  try streams[0].synchronize()
  for (call, (input, output)) in zip(series.inputs, series.outputs).enumerated() {
    try allReduce.allReduce(input, into: output, on: streams[call % 2])
  }
  for stream in streams { try stream.synchronize() }
  try series.check(rank, "two streams")
}

/// Two all-reduces whose kernels run at the same time.
func checkInstances(_ rank: Rank) throws {
  let pair = [try rank.make(), try rank.make()]
  let streams = [try Stream(rank.context), try Stream(rank.context)]
  let series = [
    try Series<Float>(rank, calls: 20, seed: 2, largest: 12),
    try Series<Float>(rank, calls: 20, seed: 3, largest: 12),
  ]
  for _ in 0..<20 {
    for index in 0..<2 { try series[index].run(pair[index], streams[index]) }
  }
  for index in 0..<2 {
    try streams[index].synchronize()
    try series[index].check(rank, "instance \(index)")
    try pair[index].close()
  }
}

/// Calls whose buffers are registered by the capture, in either kind of memory.
func checkRegistered(_ rank: Rank) throws {
  for memory in [Series<Float>.Memory.allocated, .mapped] {
    let stream = try Stream(rank.context)
    let allReduce = try rank.make { $0.selection = registeringTable(blocks: 16) }
    let series = try Series<Float>(rank, calls: 30, seed: 4, largest: 15, in: memory)
    let graph = try series.graph(allReduce, stream, registersBuffers: true)
    for _ in 0..<100 { try graph.launch(in: stream) }
    try stream.synchronize()
    try series.check(rank, "registered buffers, \(memory)")
    try allReduce.check()
    // A capture of one's own registers nothing, and has kernels that need none.
    let plain = try series.graph(allReduce, stream, registersBuffers: false)
    try plain.launch(in: stream)
    try stream.synchronize()
    try series.check(rank, "unregistered buffers in a graph, \(memory)")
    try allReduce.close()
  }
}

/// Every kernel at sizes that are quick to test, and registered buffers wherever there are any.
func registeringTable(blocks: Int) -> SelectionTable? {
  let pull = SelectionTable.Launch(.pullAndPush, threads: 256, blocks: blocks)
  return try? SelectionTable([
    .init(
      upTo: 64 << 10, SelectionTable.Launch(.oneShotPush, threads: 128, blocks: blocks),
      registered: pull),
    .init(
      upTo: .max, SelectionTable.Launch(.twoShotPush, threads: 512, blocks: blocks),
      registered: pull),
  ])
}
