// The ranks as a table: each reduces along its row and its column at once, and then all exchange
// blocks of different sizes.
//
//   mpirun -np 4 several-communicators [vccl]

import CollectiveInterface
import Collectives
import Glibc
import LibraryLoader
import NCCLBindings
import Rendezvous
import VCCLBindings

/// The sum of the ranks of the same row, and the highest rank of the same column.
func reduceInTable(_ world: Communicator, on stream: any CollectiveStream) throws -> Bool {
  let (rank, width) = (world.rank, 2)
  let row = try world.split(color: rank / width)
  let column = try world.split(color: rank % width)
  guard let row, let column else { return false }

  let sum = try world.accelerator.makeBuffer([Int32(rank)])
  let highest = try world.accelerator.makeBuffer([Int32(rank)])
  // What one thread calls on several communicators belongs into a group.
  try world.library.group { () throws(CommunicatorError) in
    try row.allReduce(sum, on: stream)
    try column.allReduce(highest, .maximum, on: stream)
  }
  try world.waitUntilFinished(stream, timeout: .seconds(60))
  try row.destroy()
  try column.destroy()

  let ranks = (0..<world.nRanks).map { Int32($0) }
  let inRow = ranks.filter { Int($0) / width == rank / width }
  let inColumn = ranks.filter { Int($0) % width == rank % width }
  return try sum.array() == [inRow.reduce(0, +)] && highest.array() == [inColumn.max()]
}

/// Every rank sends some elements to every other, and to some none.
func exchangeBlocks(_ world: Communicator, on stream: any CollectiveStream) throws -> Bool {
  let (rank, ranks) = (world.rank, 0..<world.nRanks)
  // counts[r][s] elements go from rank r to rank s.
  let counts = ranks.map { from in ranks.map { to in (from + 2 * to) % 4 } }
  let sent = ranks.flatMap { [Int](repeating: 100 * rank + $0, count: counts[rank][$0]) }
  let expected = ranks.flatMap { [Int](repeating: 100 * $0 + rank, count: counts[$0][rank]) }

  let send = try world.accelerator.makeBuffer(sent.map { Int32($0) })
  let receive = try world.accelerator.makeBuffer(of: Int32.self, count: expected.count)
  let exchange = try Exchange(counts: counts)
  try world.allToAllV(send, into: receive, exchange, on: stream)
  try world.waitUntilFinished(stream, timeout: .seconds(60))
  return try receive.array().map { Int($0) } == expected
}

func run() throws -> Bool {
  // VCCL has an all-to-all-v of its own; nothing tells its two builds apart but the user.
  let library: any CollectiveLibrary =
    CommandLine.arguments.contains("vccl")
    ? try VCCLLibrary.load(LoadOptions(flavour: "relay-buffer")) : try NCCLLibrary.load()
  let environment = try LaunchEnvironment.current()
  let rendezvous = try environment.rendezvous()
  let accelerator = try Accelerator.automatic(
    library, device: environment.localRank ?? environment.rank)
  let world = try Communicator(library, rendezvous, on: accelerator)
  let stream = try accelerator.makeStream()
  var isRight = try exchangeBlocks(world, on: stream)
  // VCCL's headers have no split: the call would say so.
  if world.has(.commSplit) { isRight = try reduceInTable(world, on: stream) && isRight }
  print("rank \(world.rank) of \(world.nRanks): \(isRight ? "all is right" : "wrong results")")
  try world.destroy()
  try rendezvous.close()
  return isRight
}

do { exit(try run() ? 0 : 1) } catch {
  print(error)
  exit(1)
}
