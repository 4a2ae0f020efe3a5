internal import CUDARuntime

/// One kernel for one type, ready to be launched. It is looked up in every call, so nothing is
/// hashed.
final class KernelLaunch {
  let prepared: PreparedLaunch
  private let multiprocessors: Int
  /// By threads of a block, in warps; 0: not asked for yet.
  private var blockLimits = [Int](repeating: 0, count: SelectionTable.maxThreads / 32 + 1)

  init(_ prepared: PreparedLaunch, multiprocessors: Int) {
    self.prepared = prepared
    self.multiprocessors = multiprocessors
  }

  /// As many blocks as the device runs at once: blocks wait for those of their number on the other
  /// ranks, and one that has no place would never come.
  func mostBlocks(threads: Int) throws(CUDAError) -> Int {
    let warps = threads / 32
    guard blockLimits.indices.contains(warps) else {
      throw .invalidArgument("\(threads) threads; at most \(SelectionTable.maxThreads)")
    }
    if blockLimits[warps] == 0 {
      let blocks = try prepared.kernel.blocksPerMultiprocessor(threads: threads)
      blockLimits[warps] = min(blocks * multiprocessors, SelectionTable.maxBlocks)
    }
    return blockLimits[warps]
  }
}

/// The kernels of all types.
struct KernelLaunches {
  private var launches = [KernelLaunch?](
    repeating: nil, count: elementCount * AllReduceKernel.allCases.count)
  private static let elementCount = KernelElement.allCases.count

  /// nil: none was made ready.
  subscript(element: KernelElement, kernel: AllReduceKernel) -> KernelLaunch? {
    get { launches[Self.place(element, kernel)] }
    set { launches[Self.place(element, kernel)] = newValue }
  }

  private static func place(_ element: KernelElement, _ kernel: AllReduceKernel) -> Int {
    let index =
      switch kernel {
      case .oneShotPush: 0
      case .twoShotPush: 1
      case .pullAndPush: 2
      }
    return index * elementCount + Int(element.rawValue)
  }

  /// Those that were made ready.
  var all: [KernelLaunch] { launches.compactMap { $0 } }
}
