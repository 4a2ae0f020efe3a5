import CUDARuntime
import CustomAllReduce
import Foundation
import LibraryLoader
import NCCLBindings
import Rendezvous
import Threads

// Measures the custom all-reduce beside NCCL on the GPUs of this machine, one thread a GPU.
//
//   allreduce-bench compare RANKS FILE [SIZES]   the module with its tables; writes JSON
//   allreduce-bench tune RANKS FILE [SIZES]      kernels and threads; writes a table
//
// SIZES is the smallest and the largest, such as 1024-8388608. `NCCL_LIBRARY_PATH` names NCCL.

func sizeList(_ text: String?) -> [Int] {
  let bounds = (text ?? "1024-536870912").split(separator: "-").compactMap { Int($0) }
  guard bounds.count == 2, bounds[0] >= 16 else { return [] }
  return Array(sequence(first: bounds[0]) { $0 < bounds[1] ? 2 * $0 : nil })
}

let words = CommandLine.arguments
let mode = words.count > 1 ? words[1] : ""
let nRanks = words.count > 2 ? Int(words[2]) ?? 0 : 0
let sizes = sizeList(words.count > 4 ? words[4] : nil)
guard (2...8).contains(nRanks), ["compare", "tune"].contains(mode), words.count > 3, !sizes.isEmpty
else {
  print("usage: allreduce-bench compare|tune RANKS FILE [SMALLEST-LARGEST]")
  exit(2)
}
let nccl: NCCLLibrary? = try? NCCLLibrary.load()
if let nccl {
  print("NCCL \(nccl.library.release.map(\.description) ?? "?") from \(nccl.library.path)")
} else {
  print("NCCL is not there")
}
let meetings = try Rendezvous.threads(nRanks, timeout: .seconds(300))
let problems = try onThreads(nRanks) { rank -> String? in
  do {
    let context = try Context(CUDA().device(rank))
    let communicator = try nccl.map { try connect($0, meetings[rank], context) }
    let exchange = RendezvousExchange(meetings[rank])
    switch mode {
    case "compare":
      try compare(context, exchange, communicator, file: words[3], sizes)
    default:
      try tune(context, exchange, communicator, file: words[3], sizes)
    }
    return nil
  } catch {
    return "rank \(rank): \(error)"
  }
}.compactMap { $0.get() }
for problem in problems { print(problem) }
exit(problems.isEmpty ? 0 : 1)
