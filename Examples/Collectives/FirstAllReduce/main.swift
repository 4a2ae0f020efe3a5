// Every rank gives some numbers, and gets their sums: the smallest whole program.
//
//   mpirun -np 4 first-all-reduce [nccl | succl | vccl]
//
// On a laptop NCCL_LIBRARY_PATH, or the vendor's own variable, names a CPU stand-in.

import CollectiveInterface
import Collectives
import Glibc
import LibraryLoader
import NCCLBindings
import Rendezvous
import SUCCLBindings
import VCCLBindings

/// The library of the vendor that the first argument names.
func loadLibrary() throws -> any CollectiveLibrary {
  switch CommandLine.arguments.dropFirst().first ?? "nccl" {
  case "nccl": return try NCCLLibrary.load()
  case "succl": return try SUCCLLibrary.load()
  case "vccl": return try VCCLLibrary.load()
  case let vendor:
    print("\"\(vendor)\" is none of nccl, succl, vccl")
    exit(2)
  }
}

func run() throws {
  let library = try loadLibrary()

  // Which rank this is, and where the others are: from the launcher's variables.
  let environment = try LaunchEnvironment.current()
  let rendezvous = try environment.rendezvous()

  // This rank's GPU; the CPU with a stand-in.
  let accelerator = try Accelerator.automatic(
    library, device: environment.localRank ?? environment.rank)
  let communicator = try Communicator(library, rendezvous, on: accelerator)
  let (rank, nRanks) = (communicator.rank, communicator.nRanks)

  let buffer = try accelerator.makeBuffer((0..<1000).map { Float(rank + $0) })
  let stream = try accelerator.makeStream()
  try communicator.allReduce(buffer, on: stream)
  // The call has only put work into the stream.
  try communicator.waitUntilFinished(stream, timeout: .seconds(60))

  let ranksSum = nRanks * (nRanks - 1) / 2
  guard try buffer.array() == (0..<1000).map({ Float(ranksSum + nRanks * $0) }) else {
    print("rank \(rank): the sums are wrong")
    exit(1)
  }
  print("rank \(rank) of \(nRanks): the sums are right")

  try communicator.destroy()
  try rendezvous.close()
}

do { try run() } catch {
  print(error)
  exit(1)
}
