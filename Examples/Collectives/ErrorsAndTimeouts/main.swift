// The last rank kills itself in the middle. The others get an error, make a communicator without it
// and go on.
//
//   mpirun --enable-recovery -np 4 errors-and-timeouts

import Collectives
import Glibc
import NCCLBindings
import Rendezvous

/// One step of some work: the ranks' sum of ones.
func step(_ communicator: Communicator) async throws(CommunicatorError) -> Float {
  let stream = try communicator.accelerator.makeStream()
  let buffer = try communicator.accelerator.makeBuffer([Float(1)])
  try communicator.allReduce(buffer, on: stream)
  // Suspends this task. After the timeout the communicator is aborted, and nothing waits any more.
  try await communicator.finish(stream, timeout: .seconds(30))
  return try buffer.array()[0]
}

/// The survivors meet under another name, and at another port: the first may not be free yet. Who is
/// gone is for a program to know, or for its launcher: here it is the last rank.
func meetAgain(_ environment: LaunchEnvironment) throws -> Rendezvous {
  let (job, nRanks) = (environment.job + "-again", environment.nRanks - 1)
  guard var address = environment.storeAddress else { return try Rendezvous.threads(1)[0] }
  if case .tcp(let host, let port) = address { address = .tcp(host: host, port: port + 1) }
  return Rendezvous(try address.open(job: job, rank: environment.rank, nRanks: nRanks))
}

func run() async throws {
  let nccl = try NCCLLibrary.load()
  let environment = try LaunchEnvironment.current(alone: .refused)
  let rank = environment.rank
  let rendezvous = try environment.rendezvous()
  let accelerator = try Accelerator.automatic(nccl, device: environment.localRank ?? rank)
  let communicator = try Communicator(nccl, rendezvous, on: accelerator)

  // The rendezvous stays open: it notices a rank that is gone. Either aborts the communicator.
  communicator.watch(peers: rendezvous, callTimeout: .seconds(30)) { error in
    print("rank \(rank), watching: \(error)")
  }

  do {
    for number in 0... {
      if number == 3, rank == environment.nRanks - 1 { kill(getpid(), SIGKILL) }
      print("rank \(rank), step \(number): \(try await step(communicator))")
    }
  } catch {
    print("rank \(rank), working: \(error)")
  }
  try rendezvous.close()

  let survivors = try meetAgain(environment)
  let smaller = try Communicator(nccl, survivors, on: accelerator)
  print("rank \(rank), again: \(try await step(smaller))")
  try smaller.destroy()
  try survivors.close()
}

do { try await run() } catch {
  print(error)
  exit(1)
}
