/// The kernels that reduce, each with its own way over the links.
public enum AllReduceKernel: String, Hashable, Sendable, CaseIterable {
  /// One hop, and n - 1 times the data.
  case oneShotPush = "one-shot-push"
  /// Two hops, and 2 (n - 1) / n times the data.
  case twoShotPush = "two-shot-push"
  /// On registered buffers, with two barriers.
  case pullAndPush = "pull-and-push"

  var entryPoint: String {
    switch self {
    case .oneShotPush: "allReduceOneShotPush"
    case .twoShotPush: "allReduceTwoShotPush"
    case .pullAndPush: "allReducePullAndPush"
    }
  }

  /// What of an arena a message takes, in bytes.
  func arenaBytes(_ byteCount: Int, nRanks: Int) -> Int {
    let packs = (byteCount + 15) / 16
    return switch self {
    case .oneShotPush: 16 * packs * nRanks
    case .twoShotPush: 16 * 2 * nRanks * ((packs + nRanks - 1) / nRanks)
    case .pullAndPush: 0
    }
  }

  /// The packs that threads go through, which is what blocks are counted by.
  func packsPerLaunch(_ packs: Int, nRanks: Int) -> Int {
    self == .oneShotPush ? packs : (packs + nRanks - 1) / nRanks
  }
}
