import CKernelEmulation

@testable import CustomAllReduce

/// Calls on emulated ranks, and what must come of them.
struct Emulation {
  struct Call {
    var kernel: AllReduceKernel
    var operation = KernelOperation.sum
    var packs: Int
    var blocks = 1
    var threads = 2
    var isInPlace = false

    init(
      _ kernel: AllReduceKernel, _ operation: KernelOperation = .sum, packs: Int,
      blocks: Int = 1, threads: Int = 2, isInPlace: Bool = false
    ) {
      self.kernel = kernel
      self.operation = operation
      self.packs = packs
      self.blocks = blocks
      self.threads = threads
      self.isInPlace = isInPlace
    }
  }

  var nRanks: Int
  var element = KernelElement.float32
  var seed: UInt64
  var firstTurn: UInt32 = 0
  var fault = KernelEmulationFaultNone
  /// The rank that makes only so many calls.
  var silent: (rank: Int, calls: Int)?
  var comparesCalls = false
  var isUnregistered = false
  /// All calls work in place on the buffers of the first: each takes what the one before made.
  var isChained = false
  var timeout: UInt64 = .max / 2
  var stepLimit: UInt64 = 20_000_000

  /// As ranks compare a call here: see `argumentsOf` in Emulation.cpp.
  static func description(of call: Call) -> UInt32 {
    UInt32(call.packs) << 4 | call.operation.rawValue
  }

  struct Outcome {
    let result: KernelEmulationResult
    let reports: [KernelEmulationReport]
    /// By call and rank, in 32-bit words.
    let outputs: [[[UInt32]]]
  }

  /// - Parameters:
  ///   - calls: The same for all ranks.
  ///   - inputs: By call and rank, in 32-bit words, four a pack.
  func run(_ calls: [Call], _ inputs: [[[UInt32]]]) -> Outcome {
    run(byRank: calls.map { Array(repeating: $0, count: nRanks) }, inputs)
  }

  func run(byRank calls: [[Call]], _ inputs: [[[UInt32]]]) -> Outcome {
    var setup = KernelEmulationSetup()
    setup.seed = seed
    setup.nRanks = UInt32(nRanks)
    setup.element = element.rawValue
    setup.firstTurn = firstTurn
    setup.fault = UInt32(fault.rawValue)
    setup.silentRank = UInt32(silent?.rank ?? nRanks)
    setup.silentFrom = UInt32(silent?.calls ?? 0)
    setup.compares = comparesCalls ? 1 : 0
    setup.isUnregistered = isUnregistered ? 1 : 0
    setup.timeout = timeout
    setup.stepLimit = stepLimit

    // Aligned as on a GPU; what nobody writes stays recognisable.
    let separate = inputs.map { ranks in
      ranks.map { words in
        let input = UnsafeMutableRawPointer.allocate(byteCount: words.count * 4, alignment: 16)
        input.copyMemory(from: words, byteCount: words.count * 4)
        let output = UnsafeMutableRawPointer.allocate(byteCount: words.count * 4, alignment: 16)
        output.initializeMemory(as: UInt32.self, repeating: 0xDEAD_BEEF, count: words.count)
        return (input: input, output: output, count: words.count)
      }
    }
    defer {
      for buffers in separate.joined() {
        buffers.input.deallocate()
        buffers.output.deallocate()
      }
    }
    let memory = isChained ? inputs.map { _ in separate[0] } : separate
    let flat = zip(calls, memory).flatMap { calls, memory in
      zip(calls, memory).map { call, buffers in
        KernelEmulationCall(
          kernel: UInt32(AllReduceKernel.allCases.firstIndex(of: call.kernel) ?? 0),
          operation: call.operation.rawValue, packs: UInt32(call.packs),
          blocks: UInt32(call.blocks), threads: UInt32(call.threads), input: buffers.input,
          output: call.isInPlace || isChained ? buffers.input : buffers.output)
      }
    }
    var reports = [KernelEmulationReport](repeating: KernelEmulationReport(), count: nRanks)
    let result = kernelEmulationRun(&setup, flat, UInt32(calls.count), &reports)
    let outputs = zip(calls, memory).map { calls, memory in
      zip(calls, memory).map { call, buffers in
        let words = (call.isInPlace || isChained ? buffers.input : buffers.output)
          .assumingMemoryBound(to: UInt32.self)
        return Array(UnsafeBufferPointer(start: words, count: buffers.count))
      }
    }
    return Outcome(result: result, reports: reports, outputs: outputs)
  }
}
