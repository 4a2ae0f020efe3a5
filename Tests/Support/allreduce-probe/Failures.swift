import CUDARuntime
import Collectives
import CustomAllReduce
import Glibc

/// The last rank makes no second call: the others find it out, say so once, and then decline.
func checkSilence(_ rank: Rank) throws(CustomAllReduceError) {
  let allReduce = try rank.make { $0.timeout = .milliseconds(500) }
  let stream = try onDevice { () throws(CUDAError) in try Stream(rank.context) }
  let buffer = try onDevice { () throws(CUDAError) in
    try DeviceBuffer<Float>(rank.context, Array(repeating: 1, count: 1 << 16))
  }
  try allReduce.allReduce(buffer, into: buffer, on: stream)
  try onDevice { () throws(CUDAError) in try stream.synchronize() }
  try allReduce.check()
  let silent = rank.nRanks - 1
  if rank.number != silent {
    let start = ContinuousClock.now
    try allReduce.allReduce(buffer, into: buffer, on: stream)
    try allReduce.allReduce(buffer, into: buffer, on: stream)
    try onDevice { () throws(CUDAError) in try stream.synchronize() }
    let time = ContinuousClock.now - start
    rank.expect(time < .seconds(3), "waiting ended after \(time)")
  }
  try exchanging { () throws(ExchangeError) in try rank.exchange.barrier() }
  do throws(CustomAllReduceError) {
    try allReduce.allReduce(buffer, into: buffer, on: stream)
    rank.expect(rank.number == silent, "a call after a failure throws")
  } catch {
    guard case .failed(let failure) = error else { throw error }
    guard case .timedOut(let missing) = failure.cause else {
      return rank.expect(false, "\(failure)")
    }
    rank.expect(missing.contains(silent), "\(failure)")
  }
  rank.expect(
    rank.number == silent || !allReduce.shouldUse(count: 4, dataType: .float32),
    "nothing is taken after a failure")
  // The silent rank has launched a kernel now, which finds that nobody waits any more.
  try onDevice { () throws(CUDAError) in try stream.synchronize() }
  try allReduce.close()
}

/// `abort()` on one rank ends the waiting of all.
func checkAbort(_ rank: Rank) throws(CustomAllReduceError) {
  let allReduce = try rank.make { $0.timeout = .seconds(60) }
  let stream = try onDevice { () throws(CUDAError) in try Stream(rank.context) }
  let buffer = try onDevice { () throws(CUDAError) in
    try DeviceBuffer<Float>(rank.context, Array(repeating: 1, count: 1 << 10))
  }
  if rank.number == 0 {
    try allReduce.allReduce(buffer, into: buffer, on: stream)
    usleep(100_000)
    allReduce.abort()
    let start = ContinuousClock.now
    try onDevice { () throws(CUDAError) in try stream.synchronize() }
    rank.expect(ContinuousClock.now - start < .seconds(3), "an abort ends waiting")
    do throws(CustomAllReduceError) {
      try allReduce.check()
      rank.expect(false, "an abort is reported")
    } catch {
      rank.expect("\(error)".contains("aborted"), "\(error)")
    }
  }
  try exchanging { () throws(ExchangeError) in try rank.exchange.barrier() }
  try allReduce.close()
}

/// Ranks that call in different orders are told.
func checkOrder(_ rank: Rank) throws(CustomAllReduceError) {
  let allReduce = try rank.make { $0.comparesCalls = true }
  let stream = try onDevice { () throws(CUDAError) in try Stream(rank.context) }
  let buffer = try onDevice { () throws(CUDAError) in
    try DeviceBuffer<Float>(rank.context, Array(repeating: 1, count: 1 << 10))
  }
  for _ in 0..<100 { try allReduce.allReduce(buffer, into: buffer, .average, on: stream) }
  try onDevice { () throws(CUDAError) in try stream.synchronize() }
  try allReduce.check()
  let count = rank.number == 0 ? 512 : 1024
  try allReduce.allReduce(buffer[0..<count], into: buffer[0..<count], on: stream)
  try onDevice { () throws(CUDAError) in try stream.synchronize() }
  try exchanging { () throws(ExchangeError) in try rank.exchange.barrier() }
  do throws(CustomAllReduceError) {
    try allReduce.check()
    rank.expect(false, "different calls are reported")
  } catch {
    let text = "\(error)"
    rank.expect(
      text.contains("different calls") && text.contains("2048") && text.contains("4096"), text)
  }
  try allReduce.close()
}

/// Calls until a rank is killed: the others must have an error in bounded time.
func waitToBeKilled(_ rank: Rank) throws {
  let allReduce = try rank.make { $0.timeout = .seconds(1) }
  try callUntilFailure(rank, allReduce)
  try allReduce.close()
}

/// Returns when an all-reduce has failed, as it must.
func callUntilFailure(_ rank: Rank, _ allReduce: CustomAllReduce) throws {
  let stream = try Stream(rank.context)
  let buffer = try DeviceBuffer<Float>(rank.context, Array(repeating: 1, count: 1 << 10))
  let end = ContinuousClock.now + .seconds(20)
  var isReady = false
  do throws(CustomAllReduceError) {
    while ContinuousClock.now < end {
      for _ in 0..<10 { try allReduce.allReduce(buffer, into: buffer, .average, on: stream) }
      try onDevice { () throws(CUDAError) in try stream.synchronize() }
      if !isReady { rank.sayReady() }
      isReady = true
    }
    rank.expect(false, "an error comes within 20 s")
  } catch {
    print("rank \(rank.number): \(error)")
    guard case .failed(let failure) = error, case .timedOut = failure.cause else {
      return rank.expect(false, "\(error)")
    }
    rank.expect(true, "the time-out is reported")
  }
}
