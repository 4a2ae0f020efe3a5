// What a call costs: a C loop through a pointer, and the same loop through a checked method.
// Prints one line each: name, nanoseconds a call (the fastest of the rounds).

import CCallOverhead
import LibraryLoader
import NCCLBindings

let count = 20_000_000
let rounds = 7

func measure(_ name: String, _ body: () throws -> Void) rethrows {
  var best = Duration.seconds(3600)
  for _ in 0..<rounds {
    let clock = ContinuousClock()
    best = min(best, try clock.measure(body))
  }
  let (seconds, attoseconds) = best.components
  let nanoseconds = Double(seconds) * 1e9 + Double(attoseconds) / 1e9
  print("\(name)\t\(nanoseconds / Double(count))")
}

/// Keeps results alive without printing them in the loop.
nonisolated(unsafe) var sink: UInt32 = 0

let nccl = try NCCLLibrary.load(path: CommandLine.arguments[1])
guard let allReduce = nccl.library.address(ofSymbol: "ncclAllReduce"),
  let getVersion = nccl.library.address(ofSymbol: "ncclGetVersion"),
  let commInitRank = nccl.library.address(ofSymbol: "ncclCommInitRank")
else { fatalError("the library lacks the functions that are measured") }

measure("AllReduce, C through a pointer") {
  sink &+= CCallOverhead_allReduce(
    unsafeBitCast(allReduce, to: CCallOverhead_AllReduce.self), count)
}
try measure("AllReduce, checked method") {
  for index in 0..<count {
    try nccl.allReduce(
      sendBuffer: nil, recvBuffer: nil, count: index, dataType: .float32, op: .sum, comm: .null,
      stream: .null)
  }
}
measure("GetVersion, C through a pointer") {
  sink &+= CCallOverhead_getVersion(
    unsafeBitCast(getVersion, to: CCallOverhead_GetVersion.self), count)
}
try measure("GetVersion, checked method") {
  for _ in 0..<count { sink &+= UInt32(truncatingIfNeeded: try nccl.getVersion()) }
}
measure("CommInitRank, C through a pointer") {
  sink &+= CCallOverhead_commInitRank(
    unsafeBitCast(commInitRank, to: CCallOverhead_CommInitRank.self), count)
}
let id = NCCLUniqueID.zero
try measure("CommInitRank, checked method") {
  for index in 0..<count {
    let comm = try nccl.commInitRank(
      nRanks: 1, uniqueID: id, rank: Int32(truncatingIfNeeded: index))
    sink &+= comm.value.isNull ? 0 : 1
  }
}
