import CUDARuntime
import Collectives
import CustomAllReduce
import Glibc

/// What an eager call costs the host, and what of it is the driver's launch.
func measureCalls(_ rank: Rank) throws {
  guard !rank.sharesDevices else { return rank.say("calls: left out, for the GPUs are shared") }
  let stream = try Stream(rank.context)
  let nothing = try Program(
    name: "nothing.cu",
    source: "struct Arguments { char bytes[128]; };\n"
      + "extern \"C\" __global__ void nothing(const __grid_constant__ Arguments arguments) {}\n"
  ).compile(for: rank.context.device.computeCapability())
  let kernel = try Module(rank.context, image: nothing.bytes).kernel("nothing")
  try kernel.load()
  for overlaps in [false, true] {
    let launch = PreparedLaunch(kernel, argumentBytes: 128, overlapsPrevious: overlaps)
    let cost = try leastCost(stream) { try launch.launch(blocks: 1, threads: 64, in: stream) }
    rank.say("a bare launch\(overlaps ? " that overlaps" : ""): \(cost)")
  }
  rank.say(
    "whether a stream is captured: \(try leastCost(stream) { _ = try stream.isCapturing() })")

  let allReduce = try rank.make()
  let buffer = try DeviceBuffer<Float>(rank.context, Array(repeating: 1, count: 256))
  let cost = try leastCost(stream) {
    try allReduce.allReduce(buffer, into: buffer, .average, on: stream)
  }
  rank.say("an eager call: \(cost)")
  try allReduce.close()
}

/// CPU time of a call, the least of several series.
private func leastCost(_ stream: Stream, _ call: () throws -> Void) throws -> Duration {
  var least = Duration.seconds(1)
  for _ in 0..<20 {
    let start = cpuTime()
    // Fewer than a stream holds before a launch blocks.
    for _ in 0..<200 { try call() }
    least = min(least, (cpuTime() - start) / 200)
    try stream.synchronize()
  }
  return least
}

private func cpuTime() -> Duration {
  var time = timespec()
  clock_gettime(CLOCK_THREAD_CPUTIME_ID, &time)
  return .seconds(time.tv_sec) + .nanoseconds(time.tv_nsec)
}
