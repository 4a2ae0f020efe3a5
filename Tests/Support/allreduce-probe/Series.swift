import CUDARuntime
import Collectives
import CustomAllReduce
import TestSupport

/// Calls of many sizes, one after the other, of which every result is looked at.
struct Series<Element: ProbeElement> {
  /// Where the buffers lie.
  enum Memory {
    /// Each in an allocation of its own.
    case allocated
    /// All in one range of addresses, which pieces of physical memory are mapped to.
    case mapped
  }

  let inputs: [DeviceBuffer<Element>]
  let outputs: [DeviceBuffer<Element>]
  private let expected: [[Element]]
  private let arena: DeviceBuffer<UInt8>?

  /// - Parameter largest: The exponent of the largest size, in packs of 16 bytes.
  init(
    _ rank: Rank, calls: Int, seed: Int, largest: Int, in memory: Memory = .allocated
  ) throws {
    var generator = SeededGenerator(seed: UInt64(seed))
    let lanes = 16 / MemoryLayout<Element>.stride
    let counts = (0..<calls).map { _ in
      let bits = Int.random(in: 0...largest, using: &generator)
      return Int.random(in: 1...(1 << bits), using: &generator) * lanes
    }
    let places = try Places(
      rank.context, memory, byteCount: counts.reduce(0) { $0 + 32 * $1 / lanes })
    arena = places.arena
    var (inputs, outputs): ([DeviceBuffer<Element>], [DeviceBuffer<Element>]) = ([], [])
    expected = try counts.enumerated().map { call, count in
      let ranks = (0..<rank.nRanks).map { rank -> [Element] in
        elements(count, rank: rank, seed: seed * 1000 + call)
      }
      inputs.append(try places.next(count))
      try inputs[call].copy(from: ranks[rank.number])
      outputs.append(try places.next(count))
      return allreduce_probe.expected(ranks, .sum)
    }
    (self.inputs, self.outputs) = (inputs, outputs)
  }

  var byteCount: Int { outputs.reduce(0) { $0 + $1.byteCount } }

  func poison(_ stream: Stream) throws {
    for output in outputs { try output.fill(Element(rounding: 12345), in: stream) }
  }

  func run(_ allReduce: CustomAllReduce, _ stream: Stream) throws {
    for (input, output) in zip(inputs, outputs) {
      try allReduce.allReduce(input, into: output, on: stream)
    }
  }

  func check(_ rank: Rank, _ what: String) throws {
    for (call, output) in outputs.enumerated() {
      let result = try output.array()
      let place = firstDifference(result[...], expected[call][...])
      rank.expect(
        place == nil,
        "\(what), call \(call) of \(output.byteCount) bytes: "
          + (place.map { "\(result[$0]) for \(expected[call][$0]) at \($0)" } ?? ""))
    }
  }

  /// A graph of the calls into poisoned outputs, by a capture of one's own or by the all-reduce's.
  func graph(
    _ allReduce: CustomAllReduce, _ stream: Stream, registersBuffers: Bool
  ) throws -> ExecutableGraph {
    func body(_ stream: Stream) throws(CustomAllReduceError) {
      do {
        try poison(stream)
        try run(allReduce, stream)
      } catch let error as CustomAllReduceError { throw error } catch {
        throw .invalidArgument("\(error)")
      }
    }
    if registersBuffers { return try allReduce.capture(stream, body).instantiate() }
    return try Graph.capture(stream) { (stream) throws(CUDAError) in
      do { try body(stream) } catch { throw .invalidArgument("\(error)") }
    }.instantiate()
  }
}

/// Hands out memory for buffers.
private final class Places<Element: ProbeElement> {
  let arena: DeviceBuffer<UInt8>?
  private let context: Context
  private var used = 0

  init(_ context: Context, _ memory: Series<Element>.Memory, byteCount: Int) throws {
    self.context = context
    guard memory == .mapped else {
      arena = nil
      return
    }
    // As small as they come, so that buffers lie across their borders.
    var pieces: [PhysicalMemory] = []
    while pieces.reduce(0, { $0 + $1.byteCount }) < byteCount {
      pieces.append(try PhysicalMemory(context, byteCount: 1))
    }
    arena = try DeviceBuffer(context, mapping: pieces)
  }

  func next(_ count: Int) throws -> DeviceBuffer<Element> {
    guard let arena else { return try DeviceBuffer(context, count: count) }
    defer { used += count * MemoryLayout<Element>.stride }
    return DeviceBuffer(context, borrowing: arena.pointer + used, count: count)
  }
}
