import CollectiveCases
import Glibc

/// Starts this program once for each rank, as a launcher does.
struct Launcher {
  let nRanks: Int
  let arguments: [String]
  /// Of the last rank: it is killed.
  let isFatal: Bool

  /// - Returns: Whether all ranks ended well.
  func run() throws -> Bool {
    var template = Array(
      "\(getenv("TMPDIR").map { String(cString: $0) } ?? "/tmp")/collective-check-XXXXXX"
        .utf8CString)
    guard mkdtemp(&template) != nil else {
      throw UsageError("there is no place for temporary files")
    }
    let directory = String(
      decoding: template.dropLast().map { UInt8(bitPattern: $0) }, as: UTF8.self)
    defer { removeAll(directory) }
    var isGood = true
    var children: [pid_t] = []
    for rank in 0..<nRanks {
      guard let child = start(rank, directory) else {
        print("rank \(rank) could not be started")
        for child in children { kill(child, SIGKILL) }
        isGood = false
        break
      }
      children.append(child)
    }
    for (rank, child) in children.enumerated() {
      var status: Int32 = 0
      while waitpid(child, &status, 0) < 0, errno == EINTR {}
      let signal = status & 0x7f
      let mustDie = isFatal && rank == nRanks - 1 && nRanks > 1
      if mustDie ? signal == SIGKILL : status == 0 { continue }
      isGood = false
      let end = signal == 0 ? "status \(status >> 8 & 0xff)" : "signal \(signal)"
      print("rank \(rank) ended with \(end)")
    }
    return isGood
  }

  private func start(_ rank: Int, _ directory: String) -> pid_t? {
    let own = [
      "COLL_RANK=\(rank)", "COLL_NRANKS=\(nRanks)", "COLL_LOCAL_RANK=\(rank)",
      "COLL_LOCAL_NRANKS=\(nRanks)", "COLL_STORE=file://\(directory)", "COLL_JOB=check",
    ]
    var inherited: [String] = []
    var entry = environ
    while let text = entry.pointee {
      inherited.append(String(cString: text))
      entry += 1
    }
    inherited.removeAll { $0.hasPrefix("COLL_") }
    var child = pid_t()
    let code = withCStrings([CommandLine.arguments[0]] + arguments) { arguments in
      withCStrings(inherited + own) { environment in
        posix_spawn(&child, "/proc/self/exe", nil, nil, arguments, environment)
      }
    }
    return code == 0 ? child : nil
  }

  private func withCStrings<Result>(
    _ texts: [String], _ body: ([UnsafeMutablePointer<CChar>?]) -> Result
  ) -> Result {
    let copies = texts.map { strdup($0) }
    defer { for copy in copies { free(copy) } }
    return body(copies + [nil])
  }

  /// What a rank that was killed has left of the store.
  private func removeAll(_ path: String) {
    if let directory = opendir(path) {
      while let entry = readdir(directory) {
        let name = withUnsafeBytes(of: entry.pointee.d_name) { bytes in
          String(decoding: bytes.prefix { $0 != 0 }, as: UTF8.self)
        }
        if name != ".", name != ".." { removeAll(path + "/" + name) }
      }
      closedir(directory)
    }
    remove(path)
  }
}
