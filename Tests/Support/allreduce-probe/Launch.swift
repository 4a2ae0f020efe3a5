import ArgumentParser
import CUDARuntime
import CustomAllReduce
import Foundation
import Rendezvous
import Threads

/// How ranks come to be: threads of this process, or processes that this one starts.
struct Launch: ParsableArguments {
  @Option(
    name: [.customShort("n"), .long], help: "2 to 8; processes may be more than there are GPUs.")
  var ranks: Int
  @Flag(help: "Processes in place of threads.")
  var processes = false
  @Option(help: .hidden)
  var rank: Int?
  @Option(help: .hidden)
  var directory: String?

  func validate() throws {
    guard (2...8).contains(ranks) else { throw ValidationError("there are 2 to 8 ranks") }
  }

  /// Runs a body on all ranks, and ends the program.
  func run(killingLast: Bool = false, _ body: @escaping @Sendable (Rank) -> Void) throws -> Never {
    if let rank, let directory {
      let checks = Checks()
      let store = try FileStore(directory: directory, job: "probe", rank: rank, nRanks: ranks)
      let meeting = Rendezvous(store, timeout: .seconds(60))
      if let rank = Rank(meeting, checks, directory: directory) { body(rank) }
      checks.finish()
    }
    if processes { try runProcesses(killingLast: killingLast) }
    // To free memory waits for the whole GPU, and so for a kernel that waits for the other thread.
    guard try CUDA().deviceCount() >= ranks else {
      throw ValidationError("threads do not share GPUs: --processes")
    }
    let checks = Checks()
    let meetings = try Rendezvous.threads(ranks, timeout: .seconds(60))
    _ = try onThreads(ranks) { number in
      if let rank = Rank(meetings[number], checks, directory: nil) { body(rank) }
    }
    checks.finish()
  }

  /// Starts this program once for each rank, and ends when they have.
  private func runProcesses(killingLast: Bool) throws -> Never {
    let base = getenv("TMPDIR").map { String(cString: $0) } ?? "/var/tmp"
    var template = Array("\(base)/allreduce-probe-XXXXXX".utf8CString)
    guard mkdtemp(&template) != nil else { throw ValidationError("\(base) cannot be written") }
    let directory = String(
      decoding: template.prefix { $0 != 0 }.map { UInt8(bitPattern: $0) }, as: UTF8.self)
    let children = (0..<ranks).map { rank in
      start(CommandLine.arguments + ["--rank", "\(rank)", "--directory", directory])
    }
    if killingLast, let last = children.last {
      let end = ContinuousClock.now + .seconds(60)
      while access(Rank.readyFile(in: directory), F_OK) != 0, ContinuousClock.now < end {
        usleep(1000)
      }
      usleep(300_000)
      kill(last, SIGKILL)
    }
    let statuses = children.map { child in
      var status: Int32 = 0
      waitpid(child, &status, 0)
      return status
    }
    try? FileManager.default.removeItem(atPath: directory)
    let wanted = killingLast ? statuses.dropLast() : statuses[...]
    let isGood = wanted.allSatisfy { $0 == 0 }
    print(isGood ? "all ranks are good" : "FAILED: the ranks ended with \(statuses)")
    Foundation.exit(isGood ? 0 : 1)
  }

  private func start(_ words: [String]) -> pid_t {
    var process = pid_t()
    var arguments = words.map { strdup($0) } + [nil]
    let status = posix_spawn(&process, "/proc/self/exe", nil, nil, &arguments, environ)
    for argument in arguments { free(argument) }
    precondition(status == 0, "a process could not be started: \(status)")
    return process
  }
}
