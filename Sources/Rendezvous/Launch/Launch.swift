#if canImport(Darwin)
  internal import Darwin
#elseif canImport(Musl)
  internal import Musl
#else
  internal import Glibc
#endif

/// What one launcher's variables say.
struct Launch {
  var launcher: LaunchEnvironment.Launcher
  var rank: Int
  var nRanks: Int
  var localRank: Int?
  var nLocalRanks: Int?
  var node: Int?
  var job = "coll"
  var storeAddress: StoreAddress?

  /// Asks each launcher in the documented order; nil if there is none.
  static func detect(_ variables: Variables) throws(RendezvousError) -> Launch? {
    if let launch = try manual(variables) { return launch }
    if let launch = try torchrun(variables) { return launch }
    if let launch = try openMPI(variables) { return launch }
    if let launch = try hydra(variables) { return launch }
    return try slurm(variables)
  }

  /// Reads rank, number of ranks, and those of this host.
  private init?(
    _ variables: Variables, _ launcher: LaunchEnvironment.Launcher, rank: String, nRanks: String,
    localRank: String, nLocalRanks: String
  ) throws(RendezvousError) {
    let name = launcher.description
    guard let place = try variables.rank(rank, of: nRanks, launcher: name) else { return nil }
    let local = try variables.localRank(
      localRank, of: nLocalRanks, nRanks: place.nRanks, launcher: name)
    self.init(
      launcher: launcher, rank: place.rank, nRanks: place.nRanks, localRank: local.rank,
      nLocalRanks: local.nRanks)
  }

  init(
    launcher: LaunchEnvironment.Launcher, rank: Int, nRanks: Int, localRank: Int?, nLocalRanks: Int?
  ) {
    self.launcher = launcher
    self.rank = rank
    self.nRanks = nRanks
    self.localRank = localRank
    self.nLocalRanks = nLocalRanks
  }

  private static func manual(_ variables: Variables) throws(RendezvousError) -> Launch? {
    // A PMIx launcher sets the rank, but not how many there are.
    let isPMIx = variables.has("COLL_NRANKS") && !variables.has("COLL_RANK")
    return try Launch(
      variables, .manual, rank: isPMIx && variables.has("PMIX_RANK") ? "PMIX_RANK" : "COLL_RANK",
      nRanks: "COLL_NRANKS", localRank: "COLL_LOCAL_RANK", nLocalRanks: "COLL_LOCAL_NRANKS")
  }

  private static func torchrun(_ variables: Variables) throws(RendezvousError) -> Launch? {
    let launch = try Launch(
      variables, .torchrun, rank: "RANK", nRanks: "WORLD_SIZE", localRank: "LOCAL_RANK",
      nLocalRanks: "LOCAL_WORLD_SIZE")
    guard var launch else { return nil }
    launch.node = try variables.number("GROUP_RANK")
    let port = try variables.number("MASTER_PORT")
    let parts = [
      variables["TORCHELASTIC_RUN_ID"], variables["TORCHELASTIC_RESTART_COUNT"],
      port.map { "\($0)" },
    ]
    launch.job = jobName("torchrun", parts.compactMap(\.self))
    guard let port else { return launch }
    guard (1...65535).contains(port) else {
      throw variables.malformed("MASTER_PORT", "is not a port of 1 to 65535")
    }
    guard let host = variables["MASTER_ADDR"] else {
      throw RendezvousError(
        .environment,
        "MASTER_PORT is \(port), but MASTER_ADDR is not set (torchrun); set both or "
          + "neither")
    }
    guard HostAndPort("\(HostAndPort(host: host, port: port))") != nil else {
      throw variables.malformed("MASTER_ADDR", "is no host")
    }
    launch.storeAddress = .tcp(host: host, port: storePort(port))
    return launch
  }

  private static func openMPI(_ variables: Variables) throws(RendezvousError) -> Launch? {
    let world = "OMPI_COMM_WORLD_"
    let launch = try Launch(
      variables, .openMPI, rank: world + "RANK", nRanks: world + "SIZE",
      localRank: world + "LOCAL_RANK", nLocalRanks: world + "LOCAL_SIZE")
    guard var launch else { return nil }
    let id = variables["PMIX_NAMESPACE"] ?? variables["OMPI_MCA_ess_base_jobid"] ?? parentID()
    launch.job = jobName("openmpi", [id])
    launch.storeAddress = launch.fileOnOneHost(variables)
    return launch
  }

  private static func hydra(_ variables: Variables) throws(RendezvousError) -> Launch? {
    // srun's PMI plugins set these two as well, but not the third.
    if !variables.has("MPI_LOCALRANKID"), variables.has("SLURM_PROCID") { return nil }
    let launch = try Launch(
      variables, .hydra, rank: "PMI_RANK", nRanks: "PMI_SIZE", localRank: "MPI_LOCALRANKID",
      nLocalRanks: "MPI_LOCALNRANKS")
    guard var launch else { return nil }
    launch.job = jobName("hydra", [variables["PMI_JOBID"] ?? parentID()])
    launch.storeAddress = launch.fileOnOneHost(variables)
    return launch
  }

  private static func slurm(_ variables: Variables) throws(RendezvousError) -> Launch? {
    guard variables.has("SLURM_PROCID"), !SlurmText.isScript(variables) else { return nil }
    let count = variables.first("SLURM_STEP_NUM_TASKS", "SLURM_NTASKS") ?? "SLURM_NTASKS"
    let place = try variables.rank("SLURM_PROCID", of: count, launcher: "Slurm")
    guard let (rank, nRanks) = place else { return nil }
    var launch = Launch(
      launcher: .slurm, rank: rank, nRanks: nRanks,
      localRank: try variables.number("SLURM_LOCALID"), nLocalRanks: nil)
    launch.node = try variables.number("SLURM_NODEID")
    launch.nLocalRanks = try SlurmText.tasksOfNode(launch.node, variables, nRanks: nRanks)
    if let local = launch.localRank, local >= launch.nLocalRanks ?? nRanks {
      throw variables.malformed(
        "SLURM_LOCALID", "does not fit \(launch.nLocalRanks ?? nRanks) tasks of this node (Slurm)")
    }
    let id = try variables.number("SLURM_JOB_ID")
    let step = try variables.number("SLURM_STEP_ID") ?? 0
    guard let id else { return launch }
    launch.job = jobName("slurm", ["\(id)", "\(step)"])
    if let list = variables.first("SLURM_STEP_NODELIST", "SLURM_JOB_NODELIST", "SLURM_NODELIST") {
      let host = try SlurmText.firstHost(list, variables)
      launch.storeAddress = .tcp(host: host, port: storePort(id + 1009 * step))
    }
    return launch
  }

  private func fileOnOneHost(_ variables: Variables) -> StoreAddress? {
    guard nLocalRanks == nRanks else { return nil }
    return .file(directory: "\(variables["TMPDIR"] ?? "/tmp")/coll-\(geteuid())")
  }

  /// A port outside of those that systems give to outgoing connections; neighbouring numbers have
  /// different ones, and no number from 1 to 65535 has its own.
  private static func storePort(_ number: Int) -> Int { 12000 + number % 8192 }

  private static func jobName(_ launcher: String, _ parts: [String]) -> String {
    let name = ([launcher] + parts).joined(separator: "-")
    // What is special is at the end.
    return String(decoding: name.utf8.suffix(Limits.jobName), as: UTF8.self)
  }

  private static func parentID() -> String { "parent-\(getppid())" }
}
