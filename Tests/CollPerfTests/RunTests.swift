import CollectiveInterface
import Collectives
import LibraryLoader
import NCCLBindings
import SUCCLBindings
import TestSupport
import Testing
import VCCLBindings

@testable import coll_perf

/// Runs on the CPU stand-ins.
@Suite(.serialized) struct RunTests {
  private func path(_ vendor: Vendor) -> String {
    "\(productsDirectory())lib\(vendor.rawValue)-host.so"
  }

  private func load(_ vendor: Vendor) throws -> any CollectiveLibrary {
    try vendor.load(
      LoadOptions(path: path(vendor), flavour: vendor == .vccl ? "relay-buffer" : nil))
  }

  private func settings(_ change: (inout Settings) -> Void = { _ in }) -> Settings {
    var settings = Settings()
    settings.sizes = [4, 1000, 40_000]
    settings.iterations = 3
    settings.warmUps = 1
    settings.rounds = 3
    settings.isChecked = true
    settings.timeout = .seconds(60)
    change(&settings)
    return settings
  }

  /// What ranks of this process find.
  private func measure(
    _ settings: Settings, _ library: any CollectiveLibrary, nRanks: Int
  ) throws -> (report: Report?, errors: [PerfError]) {
    let printer = Printer(settings, command: ["test"], label: nil) { _ in }
    let seats = try Seat.threads(nRanks, timeout: settings.timeout)
    let errors = try Run.measure(settings, library, seats, printer)
    return (printer.finish(), errors)
  }

  @Test(arguments: [1, 2, 3], Vendor.allCases)
  func operationsAreRight(nRanks: Int, vendor: Vendor) throws {
    let settings = settings {
      $0.operations = Operation.allCases
      $0.root = nRanks - 1
      $0.dataTypes = .some([.float32, .int64])
    }
    let (report, errors) = try measure(settings, try load(vendor), nRanks: nRanks)
    #expect(errors.map(\.description) == [])
    #expect(report?.rows.count == Operation.allCases.count * 2 * settings.sizes.count)
    #expect(report?.wrong == 0)
    #expect(report?.rows.allSatisfy { $0.outOfPlace.time > 0 } == true)
  }

  @Test func typesAndReductionsAreRight() throws {
    let settings = settings {
      ($0.dataTypes, $0.reductions, $0.sizes) = (.all, .all, [20_000])
    }
    let (report, errors) = try measure(settings, try load(.nccl), nRanks: 3)
    #expect(errors.map(\.description) == [])
    #expect(report?.rows.count == 12 * 5)
    #expect(report?.wrong == 0)
  }

  @Test func registeredMemory() throws {
    let settings = settings { $0.registration = .local }
    let (report, errors) = try measure(settings, try load(.nccl), nRanks: 2)
    #expect(errors.map(\.description) == [])
    #expect(report?.wrong == 0)
  }

  @Test func wrongElementsAreCounted() throws {
    let settings = settings { $0.sizes = [400] }
    let saboteur = Saboteur(try NCCLLibrary.load(path: path(.nccl)))
    let (report, errors) = try measure(settings, saboteur, nRanks: 2)
    #expect(errors.map(\.description) == [])
    // In place the last element still has this rank's input.
    let row = try #require(report?.rows.first)
    #expect(row.outOfPlace.wrong == 2)
    #expect(row.inPlace?.wrong == 2)
    #expect(report?.wrong == 4)
  }

  @Test func errorsNameTheRank() throws {
    let settings = settings { $0.graphOperations = 2 }
    let (_, errors) = try measure(settings, try load(.nccl), nRanks: 2)
    #expect(errors.contains { $0.rank != nil && $0.text.contains("graphs need a GPU") })
    let rooted = try measure(
      self.settings {
        $0.operations = [.broadcast]
        $0.root = 2
      }, try load(.nccl), nRanks: 2)
    #expect(rooted.errors.contains { $0.description.contains("root 2 is not one of 2 ranks") })
  }

  @Test func overheadIsMeasured() throws {
    let settings = settings { $0.overheadSamples = 5 }
    let (report, errors) = try measure(settings, try load(.nccl), nRanks: 2)
    #expect(errors.map(\.description) == [])
    let overhead = try #require(report?.overhead)
    #expect(overhead.count == 1 && overhead.communicator > 0 && overhead.direct > 0)
    let (_, refusals) = try measure(settings, try load(.succl), nRanks: 1)
    #expect(refusals.first?.text.contains("ncclAllReduce") == true)
  }

  // MARK: Processes

  private func run(_ arguments: [String]) throws -> CommandResult {
    try runCommand("\(productsDirectory())coll-perf", arguments)
  }

  @Test(arguments: [1, 2])
  func processes(threads: Int) throws {
    let files = try TemporaryDirectory()
    let result = try run([
      "all", "--library", path(.nccl), "--ranks", "\(2 * threads)", "--processes", "-t",
      "\(threads)", "-c", "-b", "1K", "-e", "64K", "-f", "8", "-n", "2", "-w", "1", "--rounds", "2",
      "--json", files.file("a.json"), "--svg", files.file("a.svg"),
    ])
    #expect(result.status == 0, "\(result.errors)")
    #expect(result.text.contains("# Out of bounds values : 0 OK"))
    let json = try JSONParser.parse(try readFile(files.file("a.json")))
    #expect(json["n_ranks"]?.integer == 2 * threads)
    #expect(json["wrong"]?.integer == 0)
    let processes = Set(json["devices"]?.elements?.compactMap { $0["process_id"]?.integer } ?? [])
    #expect(processes.count == 2)
    #expect(json["measurements"]?.elements?.count == Operation.allCases.count * 3)
    let plot = try run([
      "plot", files.file("a.json"), files.file("a.json"), "--svg", files.file("b.svg"),
    ])
    // 24 lines would not be told apart.
    #expect(plot.status == 1 && plot.errors.contains("too many"))
  }

  @Test func failureOfOneProcessEndsAll() throws {
    let result = try run(["--library", "/nowhere/libnccl.so", "--ranks", "2", "--processes"])
    #expect(result.status == 1)
    #expect(result.errors.contains("rank 0") && result.errors.contains("/nowhere/libnccl.so"))
  }

  @Test(arguments: [
    (["allFoo"], 2, "there is no operation \"allFoo\""), (["-d", "float31"], 2, "float31"),
    (["-o", "xor"], 2, "there is no reduction \"xor\""), (["-b", "1Q"], 2, "1Q"),
    (["-b", "4K", "-e", "2K"], 2, "begin at 4K and end at 2K"),
    (["-f", "2", "-i", "4"], 2, "not both"), (["-n", "0"], 2, "--iterations is 0"),
    (["--graph", "0"], 2, "--graph is 0"), (["--graph", "2", "--blocking"], 2, "--blocking"),
    (["--root=-1"], 2, "the root is -1"), (["--processes"], 2, "--ranks"),
    (["--ranks", "3", "-t", "2", "--processes"], 2, "3 ranks"),
    (["--ranks", "3", "-t", "2"], 1, "add --processes"), (["--vendor", "rccl"], 2, "rccl"),
    (["plot", "/nowhere.json", "--svg", "a.svg"], 1, "/nowhere.json"),
  ])
  func badOptions(arguments: [String], status: Int32, words: String) throws {
    let result = try run(arguments)
    #expect(result.status == status)
    #expect(result.errors.contains(words), "\(result.errors)")
    #expect(result.output.isEmpty)
  }
}
