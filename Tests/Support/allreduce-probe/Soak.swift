import CUDARuntime
import Collectives
import CustomAllReduce
import TestSupport

/// Two all-reduces at once, each with eager calls, a graph of plain calls and one of registered buffers,
/// in an order that only the seed knows; every result is looked at after some of them.
func soak(_ rank: Rank, for time: Duration) throws {
  let first = try SoakedInstance<BFloat16>(rank, seed: 11, in: .allocated)
  let second = try SoakedInstance<Float>(rank, seed: 12, in: .mapped)
  var generator = SeededGenerator(seed: 13)
  let end = ContinuousClock.now + time
  var rounds = 0
  repeat {
    for _ in 0..<20 {
      let (mine, others) = (
        Int.random(in: 0..<3, using: &generator), Int.random(in: 0..<3, using: &generator)
      )
      try first.run(mine)
      try second.run(others)
    }
    try first.check("round \(rounds)")
    try second.check("round \(rounds)")
    rounds += 1
    // All ranks end in the same round.
  } while try rank.exchange.allGather([ContinuousClock.now < end ? 1 : 0])[0] == [1]
  let (calls, bytes) = (first.calls + second.calls, first.bytes + second.bytes)
  rank.say("\(rounds) rounds, \(calls) calls, \(bytes >> 30) GiB, in \(time)")
  try first.close()
  try second.close()
}

/// One all-reduce with its stream, calls and graphs.
private final class SoakedInstance<Element: ProbeElement> {
  private let rank: Rank
  private let allReduce: CustomAllReduce
  private let stream: Stream
  private let series: Series<Element>
  private let graphs: [ExecutableGraph]
  private(set) var calls = 0
  var bytes: Int { calls / max(series.outputs.count, 1) * series.byteCount }

  init(_ rank: Rank, seed: Int, in memory: Series<Element>.Memory) throws {
    self.rank = rank
    // Two instances, and of each the launch behind the one that runs, must fit the GPU.
    let blocks = rank.sharesDevices ? 8 : 32
    allReduce = try rank.make {
      $0.selection = registeringTable(blocks: blocks)
      $0.maxBlocks = blocks
      $0.timeout = .seconds(30)
    }
    stream = try Stream(rank.context)
    series = try Series(rank, calls: 40, seed: seed, largest: 17, in: memory)
    graphs = [
      try series.graph(allReduce, stream, registersBuffers: false),
      try series.graph(allReduce, stream, registersBuffers: true),
    ]
  }

  /// One of three ways to make all calls.
  func run(_ way: Int) throws {
    if way < graphs.count {
      try graphs[way].launch(in: stream)
    } else {
      try series.poison(stream)
      try series.run(allReduce, stream)
    }
    calls += series.outputs.count
  }

  func check(_ what: String) throws {
    try stream.synchronize()
    try allReduce.check()
    try series.check(rank, "\(what), \(Element.self)")
  }

  func close() throws { try allReduce.close() }
}
