import Foundation
import TestSupport
import Testing

@Suite("Examples over the stand-ins", .serialized, .timeLimit(.minutes(60)))
struct ExampleTests {
  @Test("The ranks find each other and reduce", arguments: Variables.allCases, [2, 4])
  func firstAllReduce(variables: Variables, nRanks: Int) throws {
    let folder = try TemporaryDirectory()
    let left = try sharedMemoryLeft {
      let results = try Example.firstAllReduce.run(
        in: variables.environments(nRanks, folder: folder.path))
      for (rank, result) in results.enumerated() {
        #expect(result.status == 0, "\(result.errors)")
        #expect(result.errors.isEmpty)
        #expect(result.text == "rank \(rank) of \(nRanks): the sums are right\n")
      }
    }
    #expect(left.isEmpty)
    #expect(try FileManager.default.contentsOfDirectory(atPath: folder.path).isEmpty)
  }

  @Test("The same program with every vendor's library", arguments: ["nccl", "succl", "vccl"])
  func vendors(vendor: String) throws {
    let folder = try TemporaryDirectory()
    let results = try Example.firstAllReduce.run(
      [vendor], in: Variables.manual.environments(3, folder: folder.path))
    for (rank, result) in results.enumerated() {
      #expect(result.text == "rank \(rank) of 3: the sums are right\n", "\(result.errors)")
    }
  }

  @Test("A process that nobody started as a rank is the only one")
  func alone() throws {
    let result = try Example.firstAllReduce.run()
    #expect(result.status == 0)
    #expect(result.text == "rank 0 of 1: the sums are right\n")
  }

  @Test("An unknown vendor, and a library that is not there")
  func badInput() throws {
    let vendor = try Example.firstAllReduce.run(["other"])
    #expect(vendor.status == 2)
    #expect(vendor.text == "\"other\" is none of nccl, succl, vccl\n")
    let library = try Example.firstAllReduce.run(in: ["NCCL_LIBRARY_PATH": "/nowhere/libnccl.so"])
    #expect(library.status == 1)
    #expect(library.text.contains("/nowhere/libnccl.so"), "\(library.text)")
    #expect(library.text.contains("NCCL_LIBRARY_PATH"), "\(library.text)")
  }

  @Test("A rank without the others' number is told which variable lacks")
  func halfStarted() throws {
    let result = try Example.firstAllReduce.run(in: ["COLL_RANK": "0"])
    #expect(result.status == 1)
    #expect(result.text.contains("COLL_NRANKS is not set"), "\(result.text)")
  }

  @Test("Rows, columns and blocks", arguments: [[], ["vccl"]], [2, 4, 5])
  func severalCommunicators(arguments: [String], nRanks: Int) throws {
    let folder = try TemporaryDirectory()
    let results = try Example.severalCommunicators.run(
      arguments, in: Variables.manual.environments(nRanks, folder: folder.path))
    for (rank, result) in results.enumerated() {
      #expect(result.status == 0, "\(result.errors)")
      #expect(result.text == "rank \(rank) of \(nRanks): all is right\n")
    }
  }

  @Test("The custom all-reduce is off without GPUs, and the communicator reduces")
  func customAllReduce() throws {
    let folder = try TemporaryDirectory()
    let results = try Example.customAllReduce.run(
      in: Variables.manual.environments(3, folder: folder.path))
    let reason =
      "fallback: the custom all-reduce is off: it works on GPUs that the CUDA driver runs, the "
      + "communicator not\n"
    for (rank, result) in results.enumerated() {
      #expect(
        result.text == (rank == 0 ? reason : "") + "rank \(rank) of 3: the sums are right\n",
        "\(result.errors)")
    }
    let table = try Example.customAllReduce.run(["/nowhere/table.txt"])
    #expect(table.status == 1 && table.text.contains("/nowhere/table.txt"), "\(table.text)")
  }

  @Test("Without a GPU there are no graphs, which is said and no failure")
  func graphs() throws {
    let folder = try TemporaryDirectory()
    let results = try Example.graphs.run(
      in: Variables.manual.environments(2, folder: folder.path))
    for (rank, result) in results.enumerated() {
      #expect(result.status == 0, "\(result.errors)")
      #expect(
        result.text
          == "rank \(rank): no GPU here, and so no graphs: the library works on the CPU\n")
    }
  }

  @Test("All ranks in one process and one thread")
  func oneProcess() throws {
    let result = try Example.oneProcess.run()
    #expect(result.status == 0, "\(result.errors)")
    #expect(result.text == "4 ranks: all is right\n")
  }

  @Test(
    "The tour through CUDARuntime says what is missing",
    .disabled(if: dlopen("libcuda.so.1", RTLD_LAZY) != nil, "this machine has a CUDA driver"))
  func cudaTour() throws {
    let result = try Example.cudaTour.run()
    #expect(result.status == 1)
    #expect(result.text.contains("libcuda.so.1"), "\(result.text)")
  }
}
