import AllReduceSupport
import CUDARuntime
import CustomAllReduce
import Glibc
import Rendezvous

// Checks the custom all-reduce on the GPUs of this machine, for there is none where the tests run.
//
//   allreduce-probe threads RANKS [REPLAYS [STEP]]   ranks are threads of this process
//   allreduce-probe processes RANKS [REPLAYS]        ranks are processes, which this one starts
//   allreduce-probe kill RANKS                       the last of several processes is killed
//
// A replay is of a graph of 50 calls; STEP is one of the checks, such as "values".
//
// Prints what fails; the exit status is 1 if anything did.

func check(_ rank: Rank, replays: Int, only: String? = nil) {
  let steps: [(String, (Rank) throws(CustomAllReduceError) -> Void)] = [
    ("values", checkValues),
    (
      "repetition",
      { (rank) throws(CustomAllReduceError) in
        try checkRepetition(rank, replays: replays)
      }
    ),
    ("instances", checkInstances), ("registered", checkRegistered), ("silence", checkSilence),
    ("abort", checkAbort), ("order", checkOrder), ("calls", measureCalls),
  ]
  for (name, step) in steps where only == nil || only == name {
    let start = ContinuousClock.now
    do throws(CustomAllReduceError) {
      try step(rank)
    } catch {
      rank.expect(false, "\(name): \(error)")
      return
    }
    if rank.number == 0 { print("\(name): \(ContinuousClock.now - start)") }
  }
}

func makeRank(_ exchange: any PeerExchange, _ checks: Checks) -> Rank? {
  do throws(CUDAError) {
    let device = try CUDA().device(exchange.rank)
    return Rank(exchange: exchange, context: try Context(device), checks: checks)
  } catch {
    checks.expect(false, "rank \(exchange.rank): \(error)")
    return nil
  }
}

/// Between processes of one host, in a directory that they share.
func exchange(in directory: String, _ rank: Int) throws -> RendezvousExchange {
  let store = try FileStore(directory: directory, job: "probe", rank: rank, nRanks: nRanks)
  return RendezvousExchange(Rendezvous(store, timeout: .seconds(60)))
}

func finish(_ checks: Checks) -> Never {
  print(checks.summary.text)
  exit(checks.summary.isGood ? 0 : 1)
}

/// Starts this program once for each rank.
func start(_ mode: String, _ nRanks: Int, _ replays: Int, _ directory: String) -> [pid_t] {
  (0..<nRanks).map { rank in
    var process = pid_t()
    let words = [CommandLine.arguments[0], mode, "\(nRanks)", "\(replays)", "\(rank)", directory]
    var arguments = words.map { strdup($0) } + [nil]
    let status = posix_spawn(&process, "/proc/self/exe", nil, nil, &arguments, environ)
    for argument in arguments { free(argument) }
    precondition(status == 0, "a process could not be started: \(status)")
    return process
  }
}

/// Whether all of some processes end well.
func areGood(_ processes: some Sequence<pid_t>) -> Bool {
  processes.map { process in
    var status: Int32 = 0
    waitpid(process, &status, 0)
    return status == 0
  }.allSatisfy { $0 }
}

let words = CommandLine.arguments
let mode = words.count > 1 ? words[1] : ""
let nRanks = words.count > 2 ? Int(words[2]) ?? 0 : 0
let replays = words.count > 3 ? Int(words[3]) ?? 0 : 200
let checks = Checks()
guard (2...8).contains(nRanks) else {
  print("usage: allreduce-probe threads|processes|kill RANKS [REPLAYS]")
  exit(2)
}
switch (mode, words.count) {
case ("threads", _):
  let meetings = try Rendezvous.threads(nRanks, timeout: .seconds(60))
  _ = runRanks(nRanks) { number in
    guard let rank = makeRank(RendezvousExchange(meetings[number]), checks) else { return }
    check(rank, replays: replays, only: words.count > 4 ? words[4] : nil)
  }
  finish(checks)
case ("processes", 3...4), ("kill", 3...4):
  let base = getenv("TMPDIR").map { String(cString: $0) } ?? "/var/tmp"
  var template = Array("\(base)/allreduce-probe-XXXXXX".utf8CString)
  mkdtemp(&template)
  let directory = String(decoding: template.prefix { $0 != 0 }.map(UInt8.init), as: UTF8.self)
  let processes = start(mode, nRanks, replays, directory)
  if mode == "kill" {
    let ready = directory + "/ready"
    while access(ready, F_OK) != 0 { usleep(1000) }
    usleep(300_000)
    kill(processes[nRanks - 1], SIGKILL)
  }
  let isGood = areGood(mode == "kill" ? processes.dropLast() : processes[...])
  print(isGood ? "all ranks are good" : "FAILED: a rank")
  exit(isGood ? 0 : 1)
case ("processes", 6):
  guard let number = Int(words[4]),
    let rank = makeRank(try exchange(in: words[5], number), checks)
  else { exit(1) }
  check(rank, replays: replays)
  finish(checks)
case ("kill", 6):
  guard let number = Int(words[4]),
    let rank = makeRank(try exchange(in: words[5], number), checks)
  else { exit(1) }
  waitToBeKilled(rank, readyFile: words[5] + "/ready")
  finish(checks)
default:
  print("usage: allreduce-probe threads|processes|kill RANKS [REPLAYS]")
  exit(2)
}
