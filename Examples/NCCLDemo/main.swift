// Loads the libraries whose paths are given, one after the other, with one binary: prints what each
// says of itself, and shows a call that a release lacks failing precisely.

import LibraryLoader
import NCCLBindings

func show(_ path: String) throws(CollectiveError) {
  let nccl: NCCLLibrary
  do throws(LoadError) {
    nccl = try NCCLLibrary.load(path: path)
  } catch {
    print(error)
    return
  }
  let version = try nccl.getVersion()
  print("NCCL \(nccl.library.release.map(\.description) ?? "of unknown release") (\(version))")
  print("  from \(nccl.library.path)")
  print(
    "  \(NCCLResult.unhandledCudaError): \(try nccl.getErrorString(result: .unhandledCudaError))")
  let id = try nccl.getUniqueID()
  print("  unique ID \(id.bytes.prefix(24).map { hex($0) }.joined())… (\(id.bytes.count) bytes)")

  do throws(CollectiveError) {
    let comm = try nccl.commInitRank(nRanks: 1, uniqueID: id, rank: 0).value
    print("  a communicator of \(try nccl.commCount(comm: comm)) rank")
    try nccl.commDestroy(comm: comm)
  } catch {
    print("  commInitRank: \(error)")
  }
  do throws(CollectiveError) {
    try nccl.commRevoke(comm: .null, flags: .default)
    print("  commRevoke: accepted")
  } catch {
    print("  commRevoke: \(error)")
  }
}

func hex(_ byte: UInt8) -> String {
  let digits = String(byte, radix: 16)
  return digits.count < 2 ? "0\(digits)" : digits
}

for path in CommandLine.arguments.dropFirst() {
  do throws(CollectiveError) {
    try show(path)
  } catch {
    print(error)
  }
}
