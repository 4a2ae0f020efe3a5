import Foundation
import Rendezvous
import Testing

private func environment(
  _ variables: [String: String], alone: LaunchEnvironment.Alone = .refused
) throws -> LaunchEnvironment {
  try LaunchEnvironment(variables, alone: alone)
}

private func problem(_ variables: [String: String]) -> String? {
  let error = failure { () throws(RendezvousError) in
    try LaunchEnvironment(variables, alone: .refused)
  }
  return error?.kind == .environment ? error?.text : nil
}

private let torchrun = [
  "RANK": "5", "WORLD_SIZE": "8", "LOCAL_RANK": "1", "LOCAL_WORLD_SIZE": "4", "GROUP_RANK": "1",
  "MASTER_ADDR": "node-a", "MASTER_PORT": "29500", "TORCHELASTIC_RUN_ID": "none",
  "TORCHELASTIC_RESTART_COUNT": "2",
]
private let openMPI = [
  "OMPI_COMM_WORLD_RANK": "1", "OMPI_COMM_WORLD_SIZE": "2", "OMPI_COMM_WORLD_LOCAL_RANK": "1",
  "OMPI_COMM_WORLD_LOCAL_SIZE": "2", "OMPI_MCA_ess_base_jobid": "77", "PMIX_RANK": "1",
  "PMIX_NAMESPACE": "1347354625", "OMPI_UNIVERSE_SIZE": "2", "TMPDIR": "/scratch",
]
private let hydra = [
  "PMI_RANK": "0", "PMI_SIZE": "3", "MPI_LOCALRANKID": "0", "MPI_LOCALNRANKS": "3", "PMI_FD": "6",
]
private let slurm = [
  "SLURM_PROCID": "3", "SLURM_NTASKS": "5", "SLURM_LOCALID": "1", "SLURM_NODEID": "1",
  "SLURM_TASKS_PER_NODE": "2(x2),1", "SLURM_JOB_ID": "200505", "SLURM_STEP_ID": "2",
  "SLURM_JOB_NODELIST": "gnode[010,20-25],other",
]

extension [String: String] {
  fileprivate func with(_ changes: [String: String?]) -> [String: String] {
    changes.reduce(into: self) { $0[$1.key] = $1.value }
  }
}

@Suite("Launchers' variables")
struct LaunchEnvironmentTests {
  @Test("torchrun: not its own port, and a job name of this start")
  func torch() throws {
    let found = try environment(torchrun)
    #expect(found.launcher == .torchrun)
    #expect((found.rank, found.nRanks) == (5, 8))
    #expect(found.localRank == 1 && found.nLocalRanks == 4 && found.node == 1)
    #expect(found.storeAddress == .tcp(host: "node-a", port: 12000 + 29500 % 8192))
    #expect(found.job == "torchrun-none-2-29500")
    let sparse = try environment(["RANK": "0", "WORLD_SIZE": "2"])
    #expect(sparse.localRank == nil && sparse.storeAddress == nil)
    let six = try environment(torchrun.with(["MASTER_ADDR": "fd00::2"]))
    #expect(six.storeAddress?.description == "tcp://[fd00::2]:16924")
  }

  @Test("No master port gives its own, and neighbours give different ones")
  func ports() throws {
    var last: StoreAddress?
    for port in 1...65535 {
      let found = try environment(torchrun.with(["MASTER_PORT": "\(port)"])).storeAddress
      guard case .tcp(_, let ours)? = found, ours != port, found != last, ours < 32768 else {
        Issue.record("\(port) gives \(found as Any)")
        return
      }
      last = found
    }
  }

  @Test("Open MPI: files on one host, nothing on several")
  func open() throws {
    let found = try environment(openMPI)
    #expect(found.launcher == .openMPI)
    #expect((found.rank, found.nRanks, found.localRank, found.nLocalRanks) == (1, 2, 1, 2))
    #expect(found.job == "openmpi-1347354625")
    #expect(found.storeAddress == .file(directory: "/scratch/coll-\(geteuid())"))
    let several = try environment(
      openMPI.with(["OMPI_COMM_WORLD_SIZE": "4", "PMIX_NAMESPACE": nil]))
    #expect(several.job == "openmpi-77")
    #expect(several.storeAddress == nil)
    let error = failure { () throws(RendezvousError) in try several.rendezvous() }
    #expect(
      error?.text.hasPrefix(
        "Open MPI has started 4 ranks, 2 of them on this host, and does not say where") == true)
    #expect(error?.text.contains("COLL_STORE") == true)
  }

  @Test("A place that the module chooses must be the user's own")
  func privatePlace() throws {
    let scratch = try temporaryPath()
    let single = openMPI.with([
      "OMPI_COMM_WORLD_RANK": "0", "OMPI_COMM_WORLD_SIZE": "1", "OMPI_COMM_WORLD_LOCAL_RANK": "0",
      "OMPI_COMM_WORLD_LOCAL_SIZE": "1", "TMPDIR": scratch,
    ])
    let rendezvous = try environment(single).rendezvous()
    try rendezvous.barrier()
    try rendezvous.close()
    chmod("\(scratch)/coll-\(geteuid())", 0o777)
    let error = failure { () throws(RendezvousError) in
      try LaunchEnvironment(single).rendezvous()
    }
    #expect(error?.text.contains("is not a directory that only this user can write to") == true)
  }

  @Test("Hydra: MPICH and Intel MPI")
  func hydraVariables() throws {
    let found = try environment(hydra)
    #expect(found.launcher == .hydra)
    #expect((found.rank, found.nRanks, found.localRank, found.nLocalRanks) == (0, 3, 0, 3))
    #expect(found.job == "hydra-parent-\(getppid())")
    #expect(found.storeAddress == .file(directory: "/tmp/coll-\(geteuid())"))
    #expect(try environment(hydra.with(["PMI_JOBID": "kvs_7"])).job == "hydra-kvs_7")
  }

  @Test("Slurm: the first host of the list, and a port from the job and its step")
  func slurmVariables() throws {
    let found = try environment(slurm)
    #expect(found.launcher == .slurm)
    #expect((found.rank, found.nRanks, found.localRank, found.nLocalRanks) == (3, 5, 1, 2))
    #expect(found.node == 1 && found.job == "slurm-200505-2")
    #expect(found.storeAddress == .tcp(host: "gnode010", port: 12000 + (200505 + 2018) % 8192))
    // A step with fewer tasks than the job.
    let step = try environment(
      slurm.with([
        "SLURM_STEP_NUM_TASKS": "4", "SLURM_STEP_NODELIST": "gnode21",
        "SLURM_STEP_TASKS_PER_NODE": "4", "SLURM_NODEID": "0",
      ]))
    #expect(step.nRanks == 4 && step.nLocalRanks == 4)
    #expect(step.storeAddress?.description.hasPrefix("tcp://gnode21:") == true)
    // srun's PMI plugins.
    #expect(try environment(slurm.with(["PMI_RANK": "3", "PMI_SIZE": "5"])).launcher == .slurm)
    #expect(try environment(slurm.with(["PMIX_RANK": "3"])).launcher == .slurm)
    let asked = try environment(
      slurm.with(["SLURM_TASKS_PER_NODE": nil, "SLURM_NTASKS_PER_NODE": "8"]))
    #expect(asked.nLocalRanks == 5)
  }

  @Test(
    "First hosts",
    arguments: [
      ("a", "a"), ("a,b", "a"), ("node[003-005,7]", "node003"), ("node[7,003-005],x", "node7"),
      ("rack[1-2]node[09-12]-ib", "rack1node09-ib"), ("n[12]", "n12"),
    ])
  func firstHost(list: String, host: String) throws {
    let found = try environment(slurm.with(["SLURM_JOB_NODELIST": list])).storeAddress
    #expect(found?.description.hasPrefix("tcp://\(host):") == true)
  }

  @Test(
    "A batch script of Slurm's is no rank, nor is salloc's shell",
    arguments: [nil, "4294967291", "4294967290"])
  func script(step: String?) throws {
    let script = slurm.with(["SLURM_STEP_ID": step, "SLURM_PROCID": "0"])
    #expect(try environment(script, alone: .singleRank).launcher == .none)
    #expect(problem(script)?.contains("salloc's shell, which is no rank") == true)
  }

  @Test("By hand, and with PMIx's rank")
  func manual() throws {
    let found = try environment([
      "COLL_RANK": "1", "COLL_NRANKS": "3", "COLL_LOCAL_RANK": "0", "COLL_LOCAL_NRANKS": "1",
      "COLL_STORE": "tcp://host:5000", "COLL_JOB": "mine",
    ])
    #expect(found.launcher == .manual)
    #expect((found.rank, found.nRanks, found.localRank, found.nLocalRanks) == (1, 3, 0, 1))
    #expect(found.storeAddress == .tcp(host: "host", port: 5000) && found.job == "mine")
    #expect(try environment(["PMIX_RANK": "2", "COLL_NRANKS": "3"]).rank == 2)
  }

  @Test("The innermost launcher counts, and COLL_STORE counts with any")
  func precedence() throws {
    let by = ["COLL_RANK": "0", "COLL_NRANKS": "1"]
    let layers = [by, torchrun, openMPI, hydra, slurm]
    let order: [LaunchEnvironment.Launcher] = [.manual, .torchrun, .openMPI, .hydra, .slurm]
    for start in layers.indices {
      let all = layers[start...].reduce(into: [:]) { $0.merge($1) { first, _ in first } }
      #expect(try environment(all).launcher == order[start])
      let store = try environment(all.with(["COLL_STORE": "file:///here"])).storeAddress
      #expect(store == .file(directory: "/here"))
    }
  }

  @Test("Nothing is set: one rank, or an error, as the caller asks")
  func alone() throws {
    let found = try environment([:], alone: .singleRank)
    #expect(found.launcher == .none)
    #expect((found.rank, found.nRanks, found.localRank, found.nLocalRanks) == (0, 1, 0, 1))
    let rendezvous = try found.rendezvous()
    #expect(try rendezvous.allGather([3]) == [[3]])
    try rendezvous.close()
    #expect(problem([:])?.contains("no launcher has set a rank; start the program with") == true)
  }

  @Test(
    "Malformed values are named",
    arguments: [
      (["RANK": "4", "WORLD_SIZE": "4"], "RANK is 4 and WORLD_SIZE is 4"),
      (["RANK": "abc", "WORLD_SIZE": "4"], "RANK is \"abc\", which is not a number"),
      (["RANK": "0", "WORLD_SIZE": "-4"], "WORLD_SIZE is \"-4\", which is not a number"),
      (["RANK": " 1", "WORLD_SIZE": "4"], "RANK is \" 1\", which"),
      (["RANK": "", "WORLD_SIZE": "4"], "RANK is \"\", which"),
      (["RANK": "0", "WORLD_SIZE": "0"], "RANK is 0 and WORLD_SIZE is 0"),
      (["RANK": "0", "WORLD_SIZE": "99999999999"], "WORLD_SIZE is \"99999999999\""),
      (["RANK": "99999999999999999999", "WORLD_SIZE": "2"], "RANK is \"99999999999999999999\""),
      (["RANK": "1"], "RANK is \"1\", but WORLD_SIZE is not set"),
      (["WORLD_SIZE": "2"], "WORLD_SIZE is \"2\", but RANK is not set"),
      (
        torchrun.with(["LOCAL_RANK": "4"]),
        "LOCAL_RANK is \"4\", which does not fit LOCAL_WORLD_SIZE"
      ),
      (torchrun.with(["LOCAL_WORLD_SIZE": "9"]), "LOCAL_WORLD_SIZE is \"9\", which does not fit 8"),
      (torchrun.with(["LOCAL_WORLD_SIZE": "x"]), "LOCAL_WORLD_SIZE is \"x\""),
      (torchrun.with(["GROUP_RANK": "one"]), "GROUP_RANK is \"one\""),
      (torchrun.with(["MASTER_PORT": "65536"]), "MASTER_PORT is \"65536\", which is not a port"),
      (torchrun.with(["MASTER_PORT": "0"]), "MASTER_PORT is \"0\", which is not a port"),
      (torchrun.with(["MASTER_ADDR": nil]), "MASTER_PORT is 29500, but MASTER_ADDR is not set"),
      (torchrun.with(["MASTER_ADDR": "a b"]), "MASTER_ADDR is \"a b\", which is no host"),
      (openMPI.with(["OMPI_COMM_WORLD_SIZE": nil]), "OMPI_COMM_WORLD_RANK is \"1\", but"),
      (openMPI.with(["OMPI_COMM_WORLD_LOCAL_RANK": "2"]), "OMPI_COMM_WORLD_LOCAL_RANK is \"2\""),
      (hydra.with(["PMI_SIZE": nil]), "PMI_RANK is \"0\", but PMI_SIZE is not set"),
      (hydra.with(["MPI_LOCALNRANKS": "0"]), "MPI_LOCALNRANKS is \"0\""),
      (slurm.with(["SLURM_NTASKS": nil]), "SLURM_PROCID is \"3\", but SLURM_NTASKS is not set"),
      (slurm.with(["SLURM_PROCID": "5"]), "SLURM_PROCID is 5 and SLURM_NTASKS is 5"),
      (slurm.with(["SLURM_LOCALID": "2"]), "SLURM_LOCALID is \"2\", which does not fit 2 tasks"),
      (slurm.with(["SLURM_NODEID": "x"]), "SLURM_NODEID is \"x\""),
      (slurm.with(["SLURM_TASKS_PER_NODE": "2(x)"]), "SLURM_TASKS_PER_NODE is \"2(x)\""),
      (slurm.with(["SLURM_TASKS_PER_NODE": ""]), "SLURM_TASKS_PER_NODE is \"\""),
      (slurm.with(["SLURM_TASKS_PER_NODE": "2(x3"]), "SLURM_TASKS_PER_NODE is \"2(x3\""),
      (slurm.with(["SLURM_JOB_NODELIST": "n[1-3"]), "SLURM_JOB_NODELIST is \"n[1-3\""),
      (slurm.with(["SLURM_JOB_NODELIST": "n[]"]), "SLURM_JOB_NODELIST is \"n[]\""),
      (slurm.with(["SLURM_JOB_NODELIST": "n]1"]), "SLURM_JOB_NODELIST is \"n]1\""),
      (slurm.with(["SLURM_JOB_NODELIST": ""]), "SLURM_JOB_NODELIST is \"\""),
      (slurm.with(["SLURM_JOB_NODELIST": ",a"]), "SLURM_JOB_NODELIST is \",a\""),
      (["COLL_RANK": "0"], "COLL_RANK is \"0\", but COLL_NRANKS is not set"),
      (["COLL_NRANKS": "2"], "COLL_NRANKS is \"2\", but COLL_RANK is not set"),
      (["COLL_STORE": "host:5"].merging(hydra) { $1 }, "COLL_STORE: \"host:5\" is no store"),
      (
        ["COLL_STORE": "tcp://h:0"].merging(hydra) { $1 },
        "COLL_STORE is \"tcp://h:0\", which has no port"
      ),
      (["COLL_JOB": ""].merging(hydra) { $1 }, "COLL_JOB is \"\", which is no name"),
      (
        ["NCCL_COMM_ID": "host"].merging(hydra) { $1 },
        "NCCL_COMM_ID is \"host\", which is not HOST:PORT"
      ),
      (["NCCL_COMM_ID": "h:0"].merging(hydra) { $1 }, "NCCL_COMM_ID is \"h:0\""),
      (["NCCL_COMM_ID": "::1:5"].merging(hydra) { $1 }, "NCCL_COMM_ID is \"::1:5\""),
    ])
  func malformed(variables: [String: String], text: String) {
    let found = problem(variables)
    #expect(found?.contains(text) == true, "\(found ?? "no error")")
  }

  @Test("NCCL's own rendezvous", arguments: ["host:5000", "10.0.0.1:1", "[fd00::2]:65535"])
  func libraryCommID(value: String) throws {
    #expect(try environment(hydra.with(["NCCL_COMM_ID": value])).libraryCommID == value)
    #expect(try environment(hydra).libraryCommID == nil)
  }

  /// In a process of its own: other tests read the environment meanwhile.
  @Test("This process's own variables")
  func current() async {
    await #expect(processExitsWith: .success) {
      setenv("COLL_JOB", "set by a test", 1)
      #expect((try? LaunchEnvironment.current())?.job == "set by a test")
    }
  }
}

@Suite("Addresses of stores")
struct StoreAddressTests {
  @Test(
    "Texts",
    arguments: [
      ("tcp://a:1", .tcp(host: "a", port: 1)), ("tcp://[::1]:0", .tcp(host: "::1", port: 0)),
      ("tcp://10.0.0.1:65535", .tcp(host: "10.0.0.1", port: 65535)),
      ("file:///a b/c", .file(directory: "/a b/c")),
    ] as [(String, StoreAddress)])
  func texts(text: String, address: StoreAddress) throws {
    #expect(try StoreAddress(text) == address)
    #expect(address.description == text)
  }

  @Test(
    "Texts that are none",
    arguments: [
      "", "a:1", "tcp://", "tcp://a", "tcp://a:", "tcp://:1", "tcp://a:65536", "tcp://a:-1",
      "tcp://::1:5", "tcp://[::1]", "tcp://[::1]5", "tcp://[a]:5", "tcp://[::1:5", "tcp://a b:5",
      "tcp://a:1/x", "tcp://a:+1", "tcp://a:1 ", "tcp://a:99999999999999999999", "file://a/b",
      "file:/a", "http://a:1",
    ])
  func malformed(text: String) {
    let error = failure { () throws(RendezvousError) in try StoreAddress(text) }
    #expect(error?.kind == .invalidArgument)
    #expect(error?.text.hasPrefix("\"\(text)\" is no store: ") == true)
  }
}
