import Testing

/// A way to start ranks by setting the variables of a launcher.
enum Variables: String, CaseIterable, CustomTestStringConvertible {
  case manual, torchrun, slurm

  var testDescription: String { rawValue }

  /// Each rank's environment.
  ///
  /// - Parameter folder: For those that meet in one.
  func environments(_ nRanks: Int, folder: String) throws -> [[String: String]] {
    let number = try numberOfFreePort()
    return (0..<nRanks).map { rank in
      switch self {
      case .manual:
        [
          "COLL_RANK": "\(rank)", "COLL_NRANKS": "\(nRanks)", "COLL_LOCAL_RANK": "\(rank)",
          "COLL_LOCAL_NRANKS": "\(nRanks)", "COLL_STORE": "file://\(folder)", "COLL_JOB": "test",
        ]
      case .torchrun:
        [
          "RANK": "\(rank)", "WORLD_SIZE": "\(nRanks)", "LOCAL_RANK": "\(rank)",
          "LOCAL_WORLD_SIZE": "\(nRanks)", "GROUP_RANK": "0", "MASTER_ADDR": "127.0.0.1",
          "MASTER_PORT": "\(number)", "TORCHELASTIC_RUN_ID": "none",
          "TORCHELASTIC_RESTART_COUNT": "0",
        ]
      case .slurm:
        [
          "SLURM_PROCID": "\(rank)", "SLURM_STEP_NUM_TASKS": "\(nRanks)",
          "SLURM_LOCALID": "\(rank)", "SLURM_TASKS_PER_NODE": "\(nRanks)", "SLURM_NODEID": "0",
          "SLURM_JOB_ID": "\(number)", "SLURM_STEP_ID": "0", "SLURM_STEP_NODELIST": "localhost",
        ]
      }
    }
  }
}
