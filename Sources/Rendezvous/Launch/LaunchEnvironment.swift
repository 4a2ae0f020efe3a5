/// What the environment says of this process: which rank it is, who started it, and where the ranks
/// can meet.
///
/// The first of these that is there counts, as launchers run inside of each other and the innermost
/// knows best; a torchrun inside of a mpirun inside of a Slurm job is torchrun.
///
/// | launcher | rank and number of ranks | on this host |
/// |---|---|---|
/// | by hand | `COLL_RANK` (or `PMIX_RANK`), `COLL_NRANKS` | `COLL_LOCAL_RANK`, `COLL_LOCAL_NRANKS` |
/// | torchrun | `RANK`, `WORLD_SIZE` | `LOCAL_RANK`, `LOCAL_WORLD_SIZE`, `GROUP_RANK` |
/// | Open MPI | `OMPI_COMM_WORLD_RANK`, `…_SIZE` | `OMPI_COMM_WORLD_LOCAL_RANK`, `…_LOCAL_SIZE` |
/// | Hydra (MPICH, Intel MPI) | `PMI_RANK`, `PMI_SIZE` | `MPI_LOCALRANKID`, `MPI_LOCALNRANKS` |
/// | Slurm | `SLURM_PROCID`, `SLURM_STEP_NUM_TASKS` or `SLURM_NTASKS` | `SLURM_LOCALID`, `SLURM_TASKS_PER_NODE`, `SLURM_NODEID` |
///
/// `srun` with a PMI plugin sets `PMI_RANK` too, but not `MPI_LOCALRANKID`: that is Slurm. A Slurm
/// batch script itself (`SLURM_PROCID` in a job, without a `SLURM_STEP_ID` of srun's) is no rank, nor is
/// the shell that salloc opens.
///
/// Where the ranks meet is what `COLL_STORE` says (`tcp://host:port`, `file:///directory`), and else:
///
/// - torchrun: TCP at `MASTER_ADDR`. At `MASTER_PORT` torchrun's own store listens, or PyTorch's in
///   rank 0, so the port is another, 12000 + `MASTER_PORT` mod 8192, which is never the same.
/// - Open MPI and Hydra on one host: files in `coll-<user id>` under `TMPDIR`, or /tmp. On several
///   hosts they do not say where rank 0 is: `COLL_STORE` is needed.
/// - Slurm: TCP at the first host of the step's or job's node list, where rank 0 runs unless
///   `--distribution` says otherwise; port 12000 + (job id + 1009 × step id) mod 8192.
///
/// The job's name, by which jobs that meet at one place are told apart, is `COLL_JOB`, and else made
/// of the launcher's job id: torchrun's run id, restart count and port, `PMIX_NAMESPACE` or
/// `OMPI_MCA_ess_base_jobid`, `PMI_JOBID`, Slurm's job and step id. Hydra often has none; then it is
/// the process id of the ranks' common parent, so start the program itself, not a script around it.
///
/// Empty values are malformed, not unset.
public struct LaunchEnvironment: Sendable, Hashable {
  /// Who has started the ranks.
  public enum Launcher: String, Sendable, Hashable, CustomStringConvertible {
    /// Somebody who sets the variables of this module.
    case manual = "COLL_RANK"
    /// torchrun, or somebody who sets its variables.
    case torchrun
    /// mpirun of Open MPI.
    case openMPI = "Open MPI"
    /// mpirun of MPICH or Intel MPI.
    case hydra = "Hydra"
    /// srun.
    case slurm = "Slurm"
    /// Nobody: this process is the only rank.
    case none = "no launcher"

    /// The launcher's name.
    public var description: String { rawValue }
  }

  /// What a process is that no launcher has started.
  public enum Alone: Sendable, Hashable {
    /// Rank 0 of 1.
    case singleRank
    /// An error.
    case refused
  }

  /// Who says all this.
  public let launcher: Launcher
  /// This process's rank.
  public let rank: Int
  /// How many ranks there are.
  public let nRanks: Int
  /// Which of the ranks of this host it is; nil where the launcher does not say.
  public let localRank: Int?
  /// How many ranks this host has; nil where the launcher does not say.
  public let nLocalRanks: Int?
  /// Which of the hosts this is; nil where the launcher does not say.
  public let node: Int?
  /// Tells jobs apart that meet at the same place.
  public let job: String
  /// Where the ranks meet; nil where the launcher does not say enough.
  public let storeAddress: StoreAddress?
  /// Whether it is this module that chose the place.
  private let isStoreDerived: Bool
  /// `NCCL_COMM_ID`, checked: host and port at which NCCL's rank 0 listens. Where it is set every
  /// rank's `ncclGetUniqueId` makes the same ID, and the ranks need no store for it.
  public let libraryCommID: String?

  /// Reads the variables given.
  ///
  /// - Throws: `environment`, naming variable and value, if they are malformed or contradict each
  ///   other, or if nothing is set and `alone` is `refused`.
  public init(
    _ variables: [String: String], alone: Alone = .singleRank
  ) throws(RendezvousError) {
    try self.init(Variables(variables), alone)
  }

  /// Reads this process's variables.
  ///
  /// - Throws: As the initializer.
  public static func current(
    alone: Alone = .singleRank
  ) throws(RendezvousError) -> LaunchEnvironment {
    try LaunchEnvironment(Variables.ofProcess, alone)
  }

  private init(_ variables: Variables, _ alone: Alone) throws(RendezvousError) {
    let launch = try Launch.detect(variables)
    if launch == nil, alone == .refused { throw Self.nobody(variables) }
    let found = launch ?? Launch(launcher: .none, rank: 0, nRanks: 1, localRank: 0, nLocalRanks: 1)
    launcher = found.launcher
    rank = found.rank
    nRanks = found.nRanks
    localRank = found.localRank
    nLocalRanks = found.nLocalRanks
    node = found.node
    job = try Self.job(variables) ?? found.job
    let given = try Self.storeAddress(variables)
    storeAddress = given ?? found.storeAddress
    isStoreDerived = given == nil
    libraryCommID = try Self.libraryCommID(variables)
  }

  private static func nobody(_ variables: Variables) -> RendezvousError {
    let slurm =
      variables.has("SLURM_PROCID")
      ? "; this is a Slurm batch script or salloc's shell, which is no rank: start the program with "
        + "srun" : ""
    return RendezvousError(
      .environment,
      "no launcher has set a rank\(slurm); start the program with torchrun, mpirun or "
        + "srun, or set COLL_RANK, COLL_NRANKS and COLL_STORE for each rank")
  }

  private static func job(_ variables: Variables) throws(RendezvousError) -> String? {
    guard let job = variables["COLL_JOB"] else { return nil }
    guard (1...Limits.jobName).contains(job.utf8.count) else {
      throw variables.malformed("COLL_JOB", "is no name of 1 to \(Limits.jobName) bytes")
    }
    return job
  }

  private static func storeAddress(_ variables: Variables) throws(RendezvousError) -> StoreAddress?
  {
    guard let text = variables["COLL_STORE"] else { return nil }
    do throws(RendezvousError) {
      let address = try StoreAddress(text)
      if case .tcp(_, 0) = address {
        throw variables.malformed("COLL_STORE", "has no port that the ranks could agree on")
      }
      return address
    } catch {
      throw RendezvousError(.environment, "COLL_STORE: \(error.text)")
    }
  }

  private static func libraryCommID(_ variables: Variables) throws(RendezvousError) -> String? {
    guard let text = variables["NCCL_COMM_ID"] else { return nil }
    guard let endpoint = HostAndPort(text), endpoint.port > 0 else {
      throw variables.malformed(
        "NCCL_COMM_ID", "is not HOST:PORT or [IPV6]:PORT with a port of 1 to 65535")
    }
    return text
  }
}

extension LaunchEnvironment {
  /// Joins the job at `storeAddress`. Blocks as the store's initializer does. A single rank that has
  /// no address needs none.
  ///
  /// - Parameter timeout: How long to look for the store, and how long calls of the result wait.
  /// - Throws: `environment` if there is no address; what the store's initializer throws.
  public func rendezvous(timeout: Duration = .seconds(30)) throws(RendezvousError) -> Rendezvous {
    if nRanks == 1, storeAddress == nil { return try Rendezvous.threads(1, timeout: timeout)[0] }
    guard let storeAddress else {
      throw RendezvousError(
        .environment,
        "\(launcher) has started \(nRanks) ranks\(here) and does not say where they "
          + "can meet; set COLL_STORE for all of them, to tcp://HOST:PORT with the host that rank 0 "
          + "runs on, or to file:///DIRECTORY that all of them see")
    }
    if isStoreDerived, case .file(let directory) = storeAddress {
      try FileStore.makePrivate(directory)
    }
    let store = try storeAddress.open(job: job, rank: rank, nRanks: nRanks, timeout: timeout)
    return Rendezvous(store, timeout: timeout)
  }

  private var here: String {
    nLocalRanks.map { $0 == nRanks ? "" : ", \($0) of them on this host," } ?? ""
  }
}
