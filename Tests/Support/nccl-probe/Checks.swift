import CNCCLBindings
import Glibc
import LibraryLoader
import NCCLBindings

/// What must hold of every NCCL, with a GPU or without. Each check returns the facts in words.
struct Checks {
  let nccl: NCCLLibrary

  /// The library says that it is what its header says.
  func version(_ code: Int) throws -> String {
    let version = Int(try nccl.getVersion())
    try expect(version == code, "the library says \(version), its header \(code)")
    try expect(nccl.library.versionCode == code, "the loader read \(nccl.library.versionCode ?? 0)")
    let release = LibraryRelease(code / 10000, code / 100 % 100, code % 100)
    try expect(nccl.library.release == release, "it was decoded as \(nccl.library.release as Any)")
    try expect(nccl.library.layoutRelease == release, "there is no model of it")
    return "\(code)"
  }

  /// Unique IDs differ, and are zero where the library writes nothing (2.16 to 2.22 write 40 bytes).
  func uniqueIDs() throws -> String {
    var filled = NCCLUniqueID()
    let byteCount = NCCLUniqueID.byteCount
    withUnsafeMutableBytes(of: &filled) { bytes in
      for index in bytes.indices { bytes[index] = 0xAB }
    }
    guard let getUniqueID = nccl.functions.ncclGetUniqueId, getUniqueID(&filled) == 0 else {
      throw Failure("the bare call failed")
    }
    let written = byteCount - filled.bytes.reversed().prefix { $0 == 0xAB }.count
    let first = try nccl.getUniqueID().bytes
    let second = try nccl.getUniqueID().bytes
    try expect(first != second, "two unique IDs are the same")
    try expect(
      (first[written...] + second[written...]).allSatisfy { $0 == 0 },
      "the library writes \(written) bytes, and the others are not zero")
    return "\(written) of \(byteCount) bytes"
  }

  /// One rank's communicator, or, without a GPU, the error that says why not and nothing else left.
  func initialization() throws -> String {
    let id = try nccl.getUniqueID()
    do throws(CollectiveError) {
      let comm = try nccl.commInitRank(nRanks: 1, uniqueID: id, rank: 0).value
      let count = try nccl.commCount(comm: comm)
      try nccl.commDestroy(comm: comm)
      return "a communicator of \(count)"
    } catch {
      try expect(error.kind == .status(code: 1), "\(error)")
      try expect(
        error.codeName == "unhandledCudaError", "the code's name is \(error.codeName as Any)")
      try expect(error.text?.isEmpty == false, "there is no text for the code")
      try expect(error.lastError?.isEmpty == false, "there is no last error")
      try handleIsUntouched(id)
      try nothingIsLeft(id)
      return "unhandledCudaError (1)"
    }
  }

  private func handleIsUntouched(_ id: NCCLUniqueID) throws {
    let sentinel = UnsafeMutableRawPointer(bitPattern: 1)
    var comm = sentinel
    guard let commInitRank = nccl.functions.ncclCommInitRank, commInitRank(&comm, 1, id, 0) == 1
    else {
      throw Failure("the bare call does something else")
    }
    try expect(comm == sentinel, "the handle was written")
  }

  private func nothingIsLeft(_ id: NCCLUniqueID) throws {
    let before = try Self.resources()
    for _ in 0..<8 { _ = try? nccl.commInitRank(nRanks: 1, uniqueID: id, rank: 0) }
    let after = try Self.resources()
    try expect(before == after, "8 failed calls: \(before) became \(after)")
  }

  /// Open files and threads.
  private static func resources() throws -> String {
    "\(try entryCount("/proc/self/fd")) files, \(try entryCount("/proc/self/task")) threads"
  }

  private static func entryCount(_ path: String) throws -> Int {
    guard let directory = opendir(path) else { throw Failure("cannot read \(path)") }
    defer { closedir(directory) }
    var count = 0
    while readdir(directory) != nil { count += 1 }
    return count
  }

  /// Everything that the release's header declares is there.
  func report() throws -> String {
    let report = nccl.library.report()
    let missing = report.missing.filter(\.isExpected).map(\.name)
    try expect(missing.isEmpty, "declared, not exported: \(missing.joined(separator: ", "))")
    try expect(report.undecided.isEmpty, "undecided: \(report.undecided.joined(separator: ", "))")
    try expect(report.exportsProblem == nil, "exports: \(report.exportsProblem ?? "")")
    let total = report.present.count + report.missing.count
    return "\(report.present.count) of \(total) functions, \(report.unexpected.count) undeclared"
  }
}
