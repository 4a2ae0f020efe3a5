import AllReduceSupport
import CUDARuntime
import CustomAllReduce
import Foundation
import LibraryLoader
import NCCLBindings

// Measures the custom all-reduce beside NCCL on the GPUs of this machine, one thread a GPU.
//
//   allreduce-bench compare RANKS [SIZES]       the tables that come with the module, and NCCL
//   allreduce-bench tune RANKS FILE [SIZES]     measures kernels and threads, and writes a table
//
// SIZES is the smallest and the largest, such as 1024-8388608. `NCCL_LIBRARY_PATH` names NCCL.

func sizes(_ text: String?) -> [Int] {
  let bounds = (text ?? "1024-67108864").split(separator: "-").compactMap { Int($0) }
  guard bounds.count == 2, bounds[0] >= 16 else { return [] }
  return Array(sequence(first: bounds[0]) { $0 < bounds[1] ? 2 * $0 : nil })
}

let words = CommandLine.arguments
let mode = words.count > 1 ? words[1] : ""
let nRanks = words.count > 2 ? Int(words[2]) ?? 0 : 0
guard (2...8).contains(nRanks), mode == "compare" || mode == "tune" && words.count > 3 else {
  print("usage: allreduce-bench compare RANKS [SIZES] | tune RANKS FILE [SIZES]")
  exit(2)
}
let nccl: NCCLLibrary? = try? NCCLLibrary.load()
if let nccl {
  print("NCCL \(nccl.library.release.map(\.description) ?? "?") from \(nccl.library.path)")
} else {
  print("NCCL is not there")
}
let exchanges = ThreadExchange.make(nRanks: nRanks, timeout: .seconds(300))
let problems = runRanks(nRanks) { rank -> String? in
  do {
    let context = try Context(CUDA().device(rank))
    switch mode {
    case "compare":
      try compare(context, exchanges[rank], nccl, sizes(words.count > 3 ? words[3] : nil))
    default:
      try tune(
        context, exchanges[rank], nccl, file: words[3], sizes(words.count > 4 ? words[4] : nil))
    }
    return nil
  } catch {
    return "rank \(rank): \(error)"
  }
}.compactMap { $0 }
for problem in problems { print(problem) }
exit(problems.isEmpty ? 0 : 1)
