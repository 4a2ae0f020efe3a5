internal import Glibc

/// Starts this program again, once for each rank, and waits for all.
struct LocalProcesses {
  let count: Int
  /// How long the others may take to notice that one has failed.
  let timeout: Duration

  /// Runs the ranks with this process's arguments and one more.
  ///
  /// - Returns: The first exit status that was not 0.
  func run(adding argument: String) throws -> Int32 {
    let folder = try TemporaryFolder()
    defer { folder.remove() }
    var running: [pid_t: Int] = [:]
    for rank in 0..<count {
      do {
        running[try start(rank, argument, folder)] = rank
      } catch {
        for process in running.keys { kill(process, SIGKILL) }
        throw error
      }
    }
    return wait(for: &running)
  }

  private func start(_ rank: Int, _ argument: String, _ folder: TemporaryFolder) throws -> pid_t {
    let variables = [
      "COLL_RANK": "\(rank)", "COLL_NRANKS": "\(count)", "COLL_LOCAL_RANK": "\(rank)",
      "COLL_LOCAL_NRANKS": "\(count)", "COLL_STORE": "file://\(folder.path)/store",
      "COLL_JOB": "coll-perf",
    ]
    let inherited = environment().filter { variables[String($0.prefix { $0 != "=" })] == nil }
    let arguments = CommandLine.arguments + [argument]
    var process = pid_t()
    let status = withCStrings(arguments) { arguments in
      withCStrings(inherited + variables.map { "\($0)=\($1)" }) { variables in
        posix_spawn(&process, "/proc/self/exe", nil, nil, arguments, variables)
      }
    }
    guard status == 0 else {
      throw PerfError("cannot start the process: \(String(cString: strerror(status)))", rank: rank)
    }
    return process
  }

  private func wait(for running: inout [pid_t: Int]) -> Int32 {
    var result: Int32 = 0
    var deadline: ContinuousClock.Instant?
    while !running.isEmpty {
      var status: Int32 = 0
      let process = waitpid(-1, &status, WNOHANG)
      guard process > 0, let rank = running.removeValue(forKey: process) else {
        if let deadline, deadline < .now { running.keys.forEach { kill($0, SIGKILL) } }
        usleep(2000)
        continue
      }
      let code = exitCode(status, of: rank)
      guard code != 0 else { continue }
      if result == 0 { result = code }
      deadline = deadline ?? .now + timeout
    }
    return result
  }

  private func exitCode(_ status: Int32, of rank: Int) -> Int32 {
    let signal = status & 0x7F
    guard signal != 0 else { return status >> 8 & 0xFF }
    writeError("coll-perf: rank \(rank): its process was ended by signal \(signal)")
    return 128 + signal
  }
}

private func environment() -> [String] {
  var texts: [String] = []
  var entry = environ
  while let text = entry.pointee {
    texts.append(String(cString: text))
    entry += 1
  }
  return texts
}

/// Texts as a C program's arguments: an array that ends with a null pointer.
private func withCStrings<Result>(
  _ texts: [String], _ body: ([UnsafeMutablePointer<CChar>?]) -> Result
) -> Result {
  let strings = texts.map { strdup($0) } + [nil]
  defer { for string in strings { free(string) } }
  return body(strings)
}
