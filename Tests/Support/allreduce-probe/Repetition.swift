import CUDARuntime
import Collectives
import CustomAllReduce
import TestSupport

/// Calls of many sizes, one after the other, of which every result is looked at.
private struct Series {
  let inputs: [DeviceBuffer<Float>]
  let outputs: [DeviceBuffer<Float>]
  let expected: [[Float]]

  init(_ rank: Rank, calls: Int, seed: Int, largest: Int) throws(CustomAllReduceError) {
    var generator = SeededGenerator(seed: UInt64(seed))
    var inputs: [DeviceBuffer<Float>] = []
    var outputs: [DeviceBuffer<Float>] = []
    var expected: [[Float]] = []
    for call in 0..<calls {
      let bits = Int.random(in: 2...largest, using: &generator)
      let count = Int.random(in: 1...(1 << bits), using: &generator) * 4
      let ranks = (0..<rank.nRanks).map { rank -> [Float] in
        elements(count, rank: rank, seed: seed * 1000 + call)
      }
      expected.append(allreduce_probe.expected(ranks, .sum))
      try onDevice { () throws(CUDAError) in
        inputs.append(try DeviceBuffer(rank.context, ranks[rank.number]))
        outputs.append(try DeviceBuffer(rank.context, count: count))
      }
    }
    (self.inputs, self.outputs, self.expected) = (inputs, outputs, expected)
  }

  func poison(_ stream: Stream) throws(CustomAllReduceError) {
    try onDevice { () throws(CUDAError) in
      for output in outputs { try output.fill(12345, in: stream) }
    }
  }

  func run(_ allReduce: CustomAllReduce, _ stream: Stream) throws(CustomAllReduceError) {
    for (input, output) in zip(inputs, outputs) {
      try allReduce.allReduce(input, into: output, on: stream)
    }
  }

  func check(_ rank: Rank, _ what: String) throws(CustomAllReduceError) {
    for (call, output) in outputs.enumerated() {
      let result = try onDevice { () throws(CUDAError) in try output.array() }
      let place = firstDifference(result, expected[call])
      rank.expect(
        place == nil,
        "\(what), call \(call) of \(output.byteCount) bytes: "
          + (place.map { "\(result[$0]) for \(expected[call][$0]) at \($0)" } ?? ""))
    }
  }
}

/// Eager calls and graphs, back to back.
func checkRepetition(_ rank: Rank, replays: Int) throws(CustomAllReduceError) {
  let allReduce = try rank.make()
  let stream = try onDevice { () throws(CUDAError) in try Stream(rank.context) }
  let series = try Series(rank, calls: 50, seed: 1, largest: 14)
  try series.poison(stream)
  for _ in 0..<20 { try series.run(allReduce, stream) }
  try onDevice { () throws(CUDAError) in try stream.synchronize() }
  try series.check(rank, "eager")

  let graph: Graph
  do throws(CUDAError) {
    graph = try Graph.capture(stream) { (stream) throws(CUDAError) in
      do throws(CustomAllReduceError) {
        try series.poison(stream)
        try series.run(allReduce, stream)
      } catch {
        throw .invalidArgument("\(error)")
      }
    }
  } catch {
    throw .cuda(error)
  }
  let executable = try onDevice { () throws(CUDAError) in try graph.instantiate() }
  for replay in 0..<replays {
    try onDevice { () throws(CUDAError) in try executable.launch(in: stream) }
    if replay % 100 == 0 { try series.run(allReduce, stream) }
    if replay % 500 == 0 { try onDevice { () throws(CUDAError) in try stream.synchronize() } }
  }
  try onDevice { () throws(CUDAError) in try stream.synchronize() }
  try series.check(rank, "\(replays) replays with eager calls between")
  try allReduce.check()
  try checkStreams(rank, allReduce, series)
  try allReduce.close()
}

/// Calls that take turns on two streams.
private func checkStreams(
  _ rank: Rank, _ allReduce: CustomAllReduce, _ series: Series
) throws(CustomAllReduceError) {
  let streams = try onDevice { () throws(CUDAError) in
    [try Stream(rank.context), try Stream(rank.context)]
  }
  try series.poison(streams[0])
  try onDevice { () throws(CUDAError) in try streams[0].synchronize() }
  for (call, (input, output)) in zip(series.inputs, series.outputs).enumerated() {
    try allReduce.allReduce(input, into: output, on: streams[call % 2])
  }
  try onDevice { () throws(CUDAError) in for stream in streams { try stream.synchronize() } }
  try series.check(rank, "two streams")
}

/// Two all-reduces whose kernels run at the same time.
func checkInstances(_ rank: Rank) throws(CustomAllReduceError) {
  let pair = [try rank.make(), try rank.make()]
  let streams = try onDevice { () throws(CUDAError) in
    [try Stream(rank.context), try Stream(rank.context)]
  }
  let series = [
    try Series(rank, calls: 20, seed: 2, largest: 12),
    try Series(rank, calls: 20, seed: 3, largest: 12),
  ]
  for _ in 0..<20 {
    for index in 0..<2 { try series[index].run(pair[index], streams[index]) }
  }
  for index in 0..<2 {
    try onDevice { () throws(CUDAError) in try streams[index].synchronize() }
    try series[index].check(rank, "instance \(index)")
    try pair[index].close()
  }
}

/// Calls whose buffers are registered by the capture.
func checkRegistered(_ rank: Rank) throws(CustomAllReduceError) {
  let stream = try onDevice { () throws(CUDAError) in try Stream(rank.context) }
  let launch = SelectionTable.Launch(.pullAndPush, threads: 256, blocks: 24)
  let allReduce = try rank.make {
    $0.selection = try? SelectionTable([
      .init(
        upTo: 1 << 20, SelectionTable.Launch(.twoShotPush, threads: 256, blocks: 24),
        registered: launch)
    ])
  }
  let series = try Series(rank, calls: 30, seed: 4, largest: 15)
  let graph = try allReduce.capture(stream) { (stream) throws(CustomAllReduceError) in
    try series.poison(stream)
    try series.run(allReduce, stream)
  }
  let executable = try onDevice { () throws(CUDAError) in try graph.instantiate() }
  for _ in 0..<100 { try onDevice { () throws(CUDAError) in try executable.launch(in: stream) } }
  try onDevice { () throws(CUDAError) in try stream.synchronize() }
  try series.check(rank, "registered buffers")
  try allReduce.check()
  // A capture of one's own registers nothing, and has kernels that need none.
  let plain = try onDevice { () throws(CUDAError) in
    try Graph.capture(stream) { (stream) throws(CUDAError) in
      do throws(CustomAllReduceError) { try series.run(allReduce, stream) } catch {
        throw .invalidArgument("\(error)")
      }
    }
  }
  let plainExecutable = try onDevice { () throws(CUDAError) in try plain.instantiate() }
  try series.poison(stream)
  try onDevice { () throws(CUDAError) in
    try plainExecutable.launch(in: stream)
    try stream.synchronize()
  }
  try series.check(rank, "unregistered buffers in a graph")
  try allReduce.close()
}
