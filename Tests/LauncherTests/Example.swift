import Foundation
import TestSupport
import Testing

/// The examples, each rank a process with a time limit, over the CPU stand-ins.
enum Example: String {
  case firstAllReduce = "first-all-reduce"
  case severalCommunicators = "several-communicators"
  case graphs
  case errorsAndTimeouts = "errors-and-timeouts"
  case oneProcess = "one-process"
  case customAllReduce = "custom-all-reduce"
  case cudaTour = "cuda-tour"

  var path: String { productsDirectory() + rawValue }

  /// The stand-ins, in the places where the modules look for the vendors' libraries.
  static let standIns = [
    "NCCL_LIBRARY_PATH": productsDirectory() + "libnccl-host.so",
    "SUCCL_LIBRARY_PATH": productsDirectory() + "libsuccl-host.so",
    "VCCL_LIBRARY_PATH": productsDirectory() + "libvccl-host.so",
  ]

  /// Runs one process for each environment, all at the same time.
  func run(
    _ arguments: [String] = [], in environments: [[String: String]]
  ) throws -> [CommandResult] {
    let ranks = try environments.map {
      try start([path] + arguments, environment: $0.merging(Self.standIns) { given, _ in given })
    }
    return try ranks.map { try $0.result() }
  }

  /// Runs one process.
  func run(
    _ arguments: [String] = [], in environment: [String: String] = [:]
  ) throws -> CommandResult {
    try run(arguments, in: [environment])[0]
  }
}

/// Starts a command that is ended after two minutes; its status is 124 then.
func start(_ command: [String], environment: [String: String]) throws -> RunningCommand {
  try RunningCommand(
    "/usr/bin/timeout", ["--kill-after=5", "120"] + command, environment: environment)
}

/// A number of a job for which the ranks meet at a port that is free now: LaunchEnvironment has them
/// meet at 12000 and the number's remainder by 8192.
func numberOfFreePort() throws -> Int { try freePort() - 12000 }

/// What `body` leaves of the stand-ins' shared memory: other tests may have some at the same time,
/// but theirs goes away.
func sharedMemoryLeft(by body: () throws -> Void) throws -> Set<String> {
  func names() throws -> Set<String> {
    Set(
      try FileManager.default.contentsOfDirectory(atPath: "/dev/shm")
        .filter { $0.hasPrefix("bindgen-coll-") })
  }
  let before = try names()
  try body()
  var left = try names().subtracting(before)
  for _ in 0..<600 where !left.isEmpty {
    Thread.sleep(forTimeInterval: 0.1)
    left.formIntersection(try names())
  }
  return left
}
