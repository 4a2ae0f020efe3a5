import Foundation
import TestSupport
import Testing

/// One run of the suite on a vendor's stand-in.
struct Run: Sendable, CustomTestStringConvertible {
  enum Mode: String { case threads, processes }

  let vendor: String
  let mode: Mode
  let nRanks: Int
  var isThin = false
  var cases: String?

  var testDescription: String {
    "\(vendor), \(nRanks) \(mode), \(cases ?? "all collectives")\(isThin ? ", thin" : "")"
  }

  /// Expects that all ranks pass.
  func expectPass() throws {
    let library = "\(productsDirectory())lib\(vendor)-host.so"
    var arguments = [
      "--vendor", vendor, "--library", library, "--ranks", "\(nRanks)", "--mode", mode.rawValue,
      "--timeout", "60",
    ]
    // Two builds of VCCL look alike; the stand-in is this one.
    if vendor == "vccl" { arguments += ["--flavour", "relay-buffer"] }
    if isThin { arguments.append("--thin") }
    if let cases { arguments += ["--cases", cases] }
    var environment = ProcessInfo.processInfo.environment
    environment["HOST_COLLECTIVES_TIMEOUT_MS"] = cases == nil ? "60000" : "6000"
    let result = try runCommand(
      productsDirectory() + "collective-check", arguments, environment: environment)
    let failures = result.text.split(separator: "\n", omittingEmptySubsequences: true)
      .filter { !$0.hasPrefix("passed ") && !$0.hasPrefix("skipped") }.joined(separator: "\n")
    #expect(result.status == 0, "\(failures)\n\(result.errors)")
    #expect(result.text.contains("passed "), "nothing was checked")
  }
}

@Suite("The communicator on the CPU stand-ins", .serialized)
struct SuiteTests {
  @Test(
    "Everything",
    arguments: [
      Run(vendor: "nccl", mode: .threads, nRanks: 1, isThin: true),
      Run(vendor: "nccl", mode: .threads, nRanks: 2),
      Run(vendor: "nccl", mode: .processes, nRanks: 4),
      Run(vendor: "nccl", mode: .threads, nRanks: 8, isThin: true),
      Run(vendor: "succl", mode: .processes, nRanks: 1, isThin: true),
      Run(vendor: "succl", mode: .processes, nRanks: 2),
      Run(vendor: "succl", mode: .threads, nRanks: 4),
      Run(vendor: "succl", mode: .processes, nRanks: 8, isThin: true),
      Run(vendor: "vccl", mode: .processes, nRanks: 1, isThin: true),
      Run(vendor: "vccl", mode: .processes, nRanks: 2),
      Run(vendor: "vccl", mode: .threads, nRanks: 4),
      Run(vendor: "vccl", mode: .processes, nRanks: 8, isThin: true),
    ])
  func everything(run: Run) throws { try run.expectPass() }

  @Test(
    "Faults",
    arguments: [
      Run(vendor: "nccl", mode: .processes, nRanks: 4, cases: "faults"),
      Run(vendor: "nccl", mode: .threads, nRanks: 2, cases: "faults"),
      Run(vendor: "succl", mode: .processes, nRanks: 2, cases: "faults"),
      Run(vendor: "succl", mode: .threads, nRanks: 4, cases: "faults"),
      Run(vendor: "vccl", mode: .processes, nRanks: 2, cases: "faults"),
      Run(vendor: "vccl", mode: .threads, nRanks: 4, cases: "faults"),
    ])
  func faults(run: Run) throws { try run.expectPass() }

  @Test("A rank is killed", arguments: ["nccl", "succl", "vccl"], [2, 4])
  func killed(vendor: String, nRanks: Int) throws {
    try Run(vendor: vendor, mode: .processes, nRanks: nRanks, cases: "fault-kill").expectPass()
  }
}

/// What the command line refuses, and says.
@Suite("collective-check's command line")
struct CommandLineTests {
  @Test(
    "Mistakes",
    arguments: [
      (["--vendor", "mpi"], "--vendor is mpi; it is nccl, succl, vccl"),
      (["--ranks", "0", "--mode", "threads"], "--ranks is 0; it is a number of 1 to 1024"),
      (["--ranks", "2"], "--ranks and --mode belong together"),
      (["--mode", "fibres", "--ranks", "2"], "--mode is fibres; it is threads or processes"),
      (["--cases", "fault-of-mine"], "there is no case fault-of-mine; --list shows them"),
      (["--verbose"], "there is no option --verbose"),
      (["--json"], "--json needs a value"),
    ])
  func mistakes(arguments: [String], text: String) throws {
    let result = try runCommand(productsDirectory() + "collective-check", arguments)
    #expect(result.status == 2)
    #expect(result.text.contains(text), "\(result.text)")
  }

  @Test("A library that is not there")
  func noLibrary() throws {
    let result = try runCommand(
      productsDirectory() + "collective-check",
      ["--vendor", "nccl", "--library", "/nowhere/libnccl.so", "--ranks", "2", "--mode", "threads"])
    #expect(result.status == 1)
    #expect(result.text.contains("/nowhere/libnccl.so"), "\(result.text)")
  }

  @Test("What it found, for programs")
  func json() throws {
    let directory = try TemporaryDirectory()
    let file = try directory.write("", to: "report.json")
    let result = try runCommand(
      productsDirectory() + "collective-check",
      [
        "--vendor", "nccl", "--library", productsDirectory() + "libnccl-host.so", "--ranks", "2",
        "--mode", "threads", "--cases", "split,graph", "--json", file,
      ])
    #expect(result.status == 0, "\(result.text)")
    let report = try JSONDecoder().decode(Report.self, from: Data(contentsOf: URL(filePath: file)))
    #expect(report.trials.map(\.case) == ["split", "graph", "split/non-blocking"])
    #expect(report.trials.allSatisfy { $0.ranks.map(\.rank) == [0, 1] })
    #expect(report.trials[0].ranks.allSatisfy { $0.outcome == "passed" && ($0.checks ?? 0) > 0 })
    #expect(report.trials[1].ranks.allSatisfy { $0.outcome == "skipped" && $0.reason != nil })
  }

  private struct Report: Decodable {
    struct Trial: Decodable {
      let `case`: String
      let ranks: [Rank]
    }

    struct Rank: Decodable {
      let rank: Int
      let outcome: String
      let checks: Int?
      let reason: String?
    }

    let trials: [Trial]
  }
}
