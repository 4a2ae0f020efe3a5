import CUDARuntime
import Collectives
import CustomAllReduce

/// Every kernel, type and operation, sizes from the smallest to the limit, in place and not.
func checkValues(_ rank: Rank) throws(CustomAllReduceError) {
  let allReduce = try rank.make()
  try checkValues(of: Float.self, rank, allReduce)
  try checkValues(of: Float16.self, rank, allReduce)
  try checkValues(of: BFloat16.self, rank, allReduce)
  try allReduce.close()
}

/// Every small size, and those around powers of two up to what takes several launches; by the table.
/// Nothing may be written behind the last element.
func checkSizes(_ rank: Rank) throws {
  let allReduce = try rank.make()
  try checkSizes(of: Float.self, rank, allReduce)
  try checkSizes(of: Float16.self, rank, allReduce)
  try checkSizes(of: BFloat16.self, rank, allReduce)
  try allReduce.close()
}

private func checkSizes<Element: ProbeElement>(
  of _: Element.Type, _ rank: Rank, _ allReduce: CustomAllReduce
) throws {
  let lanes = 16 / MemoryLayout<Element>.stride
  let powers = (12...24).flatMap { [1 << $0 - 16, 1 << $0, 1 << $0 + 16] }
  let sizes = Array(stride(from: 16, through: 4096, by: 16)) + powers
  let most = (sizes.max() ?? 16) / 16 * lanes
  // What is reduced of a part of the elements is the same part of the whole.
  let ranks: [[Element]] = (0..<rank.nRanks).map { elements(most, rank: $0, seed: 77) }
  let wanted = expected(ranks, .sum)
  let stream = try Stream(rank.context)
  let input = try DeviceBuffer(rank.context, ranks[rank.number])
  let output = try DeviceBuffer<Element>(rank.context, count: most + lanes)
  let poison = Element(rounding: 12345)
  for byteCount in sizes {
    let count = byteCount / 16 * lanes
    let written = output[0..<count + lanes]
    try written.fill(poison, in: stream)
    try allReduce.allReduce(input[0..<count], into: output, on: stream)
    try stream.synchronize()
    let result = try written.array()
    let place = firstDifference(result[..<count], wanted[..<count])
    rank.expect(
      place == nil,
      "\(byteCount) bytes of \(Element.self): "
        + (place.map { "\(result[$0]) for \(wanted[$0]) at \($0)" } ?? ""))
    rank.expect(
      result[count...].allSatisfy { $0.bits == poison.bits },
      "\(byteCount) bytes of \(Element.self): elements behind the last are left alone")
  }
}

private func checkValues<Element: ProbeElement>(
  of _: Element.Type, _ rank: Rank, _ allReduce: CustomAllReduce
) throws(CustomAllReduceError) {
  let stream = try onDevice { () throws(CUDAError) in try Stream(rank.context) }
  let sizes = [16, 32, 48, 112, 1008, 1024, 4112, 65520, 262_192, (1 << 20) + 16, 8 << 20]
  let kernels: [AllReduceKernel?] = [nil, .oneShotPush, .twoShotPush]
  for (index, byteCount) in sizes.enumerated() {
    let count = byteCount / MemoryLayout<Element>.stride
    let ranks: [[Element]] = (0..<rank.nRanks).map { elements(count, rank: $0, seed: index) }
    // All operations at small sizes; the large ones would only take time.
    let operations = byteCount > 5000 ? [.sum] : ReductionOp.builtIn
    for reductionOp in operations {
      let wanted = expected(ranks, reductionOp)
      for kernel in kernels where kernel != .oneShotPush || byteCount <= 1 << 20 {
        for isInPlace in [false, true] {
          let what =
            "\(reductionOp) of \(byteCount) bytes of \(Element.self), "
            + "\(kernel?.rawValue ?? "by the table")\(isInPlace ? ", in place" : "")"
          let result = try reduce(
            ranks[rank.number], reductionOp, kernel, isInPlace, rank, allReduce, stream)
          let place = firstDifference(result[...], wanted[...])
          rank.expect(
            place == nil,
            "\(what): \(place.map { "\(result[$0]) for \(wanted[$0]) at \($0)" } ?? "")")
          guard reductionOp == .sum else { continue }
          rank.expect(firstBeyondBounds(result, ranks) == nil, "\(what): within bounds of float64")
        }
      }
    }
  }
}

private func reduce<Element: ProbeElement>(
  _ mine: [Element], _ reductionOp: ReductionOp, _ kernel: AllReduceKernel?,
  _ isInPlace: Bool, _ rank: Rank, _ allReduce: CustomAllReduce, _ stream: Stream
) throws(CustomAllReduceError) -> [Element] {
  let input = try onDevice { () throws(CUDAError) in try DeviceBuffer(rank.context, mine) }
  // What is not written stays recognisable.
  let poison = Array(repeating: Element(rounding: 12345), count: mine.count)
  let output = try onDevice { () throws(CUDAError) in
    isInPlace ? input : try DeviceBuffer(rank.context, poison)
  }
  if let kernel {
    try allReduce.allReduce(
      input.pointer, into: output.pointer, count: mine.count,
      dataType: Element.dataType, reductionOp,
      using: SelectionTable.Launch(kernel, threads: 256, blocks: 24), on: stream)
  } else {
    try allReduce.allReduce(input, into: output, reductionOp, on: stream)
  }
  return try onDevice { () throws(CUDAError) in
    try stream.synchronize()
    return try output.array()
  }
}
