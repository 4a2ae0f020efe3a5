import CollectiveInterface
import Collectives
import Foundation
import LibraryLoader
import NCCLBindings
import SUCCLBindings
import TestSupport
import Testing
import VCCLBindings

private func standIn() throws -> any CollectiveLibrary {
  try NCCLLibrary.load(path: productsDirectory() + "libnccl-host.so")
}

/// The error that a body throws.
private func error(
  _ body: () throws(CommunicatorError) -> Void, sourceLocation: SourceLocation = #_sourceLocation
) -> CommunicatorError? {
  do throws(CommunicatorError) { try body() } catch { return error }
  Issue.record("nothing was thrown", sourceLocation: sourceLocation)
  return nil
}

@Suite("Blocks and exchanges")
struct BlocksTests {
  @Test("Blocks one after the other")
  func packed() {
    let blocks = Blocks(counts: [3, 0, 2, 5])
    #expect(blocks.displacements == [0, 3, 3, 5])
    #expect(Blocks(counts: []).displacements == [])
  }

  @Test("An exchange gives each rank its row and its column")
  func rows() throws {
    let exchange = try Exchange(counts: [[1, 2, 0], [0, 3, 4], [5, 0, 6]])
    #expect(exchange.nRanks == 3)
    #expect(exchange.sendBlocks(of: 1) == Blocks(counts: [0, 3, 4]))
    #expect(exchange.receiveBlocks(of: 1) == Blocks(counts: [2, 3, 0]))
    #expect(exchange.receiveBlocks(of: 0).displacements == [0, 1, 1])
  }

  @Test("Displacements are kept")
  func displacements() throws {
    let send = [Blocks(counts: [1, 1], displacements: [9, 4]), Blocks(counts: [2, 0])]
    let receive = [Blocks(counts: [1, 2], displacements: [7, 0]), Blocks(counts: [1, 0])]
    let exchange = try Exchange(send: send, receive: receive)
    #expect(exchange.sendBlocks(of: 0) == send[0])
    #expect(exchange.receiveBlocks(of: 0) == receive[0])
  }

  @Test(
    "What is no exchange",
    arguments: [
      ([], "0 ranks send"),
      ([[1, 2], [3]], "rank 1: there are 1 counts"),
      ([[1, -2], [3, 4]], "-2 elements"),
      ([[1]] + [[1]], "there are 1 counts"),
      ([[.max, .max], [0, 0]], "rank 0: rank 1's"),
    ] as [([[Int]], String)])
  func wrong(counts: [[Int]], text: String) {
    let found = error { () throws(CommunicatorError) in _ = try Exchange(counts: counts) }
    #expect(found?.description.contains(text) == true, "\(found.map { "\($0)" } ?? "")")
  }

  @Test("Both sides must agree")
  func disagreement() {
    let found = error { () throws(CommunicatorError) in
      _ = try Exchange(
        send: [Blocks(counts: [0, 5]), Blocks(counts: [0, 0])],
        receive: [Blocks(counts: [0, 0]), Blocks(counts: [4, 0])])
    }
    #expect(
      found?.text == "rank 0 sends 5 elements to rank 1, which expects 4", "\(found?.text ?? "")")
  }
}

@Suite("Unique IDs")
struct UniqueIDTests {
  @Test("Two are different, and survive JSON")
  func codable() throws {
    let library = try standIn()
    let ids = [try UniqueID(madeBy: library), try UniqueID(madeBy: library)]
    #expect(ids[0] != ids[1])
    #expect(ids[0].bytes.count == 128)
    let decoded = try JSONDecoder().decode([UniqueID].self, from: try JSONEncoder().encode(ids))
    #expect(decoded == ids)
    #expect(try UniqueID(bytes: ids[0].bytes, for: library) == ids[0])
  }

  @Test("Other lengths", arguments: [0, 1, 127, 129, 4096])
  func lengths(count: Int) throws {
    let library = try standIn()
    let found = error { () throws(CommunicatorError) in
      _ = try UniqueID(bytes: [UInt8](repeating: 7, count: count), for: library)
    }
    #expect(found?.text == "a unique ID of NCCL has 128 bytes, not \(count)")
  }

  @Test("One of another length that came by JSON is refused where it is used")
  func decodedLength() throws {
    let library = try standIn()
    let id = try JSONDecoder().decode(UniqueID.self, from: Data("[1,2,3]".utf8))
    let found = error { () throws(CommunicatorError) in
      _ = try Communicator(library, id: id, rank: 0, nRanks: 1, on: try Accelerator.host(library))
    }
    #expect(found?.description.contains("128") == true, "\(found.map { "\($0)" } ?? "")")
    let several = error { () throws(CommunicatorError) in
      _ = try Communicator(
        library, ids: [id, id], rank: 0, nRanks: 1, on: try Accelerator.host(library))
    }
    #expect(several?.description.contains("128") == true, "\(several.map { "\($0)" } ?? "")")
  }
}

@Suite("Configurations of communicators")
struct ConfigurationTests {
  @Test("What is set is a field; what is not is none")
  func fields() {
    var configuration = CommunicatorConfiguration()
    #expect(configuration.fields.fields.isEmpty)
    #expect(configuration.isBlocking == nil && configuration.name == nil)
    configuration.isBlocking = false
    configuration.name = "trainer"
    configuration.minCTAs = 2
    configuration.sharesWhenSplit = true
    #expect(configuration.fields["blocking"] == .integer(0))
    #expect(configuration.fields["commName"] == .text("trainer"))
    #expect(configuration.fields["minCTAs"] == .integer(2))
    #expect(configuration.fields["splitShare"] == .integer(1))
    #expect(configuration.isBlocking == false && configuration.sharesWhenSplit == true)
    configuration.minCTAs = nil
    #expect(configuration.fields["minCTAs"] == nil)
    #expect(configuration.fields.fields.count == 3)
  }

  @Test("Every property is a field of NCCL's")
  func names() throws {
    var configuration = CommunicatorConfiguration()
    configuration.isBlocking = true
    configuration.name = "all"
    configuration.networkName = "Socket"
    configuration.minCTAs = 1
    configuration.maxCTAs = 2
    configuration.clusterSize = 4
    configuration.sharesWhenSplit = false
    configuration.sharesWhenShrunk = false
    configuration.trafficClass = 0
    let library = try standIn()
    let communicator = try Communicator(
      library, id: try UniqueID(madeBy: library), rank: 0, nRanks: 1,
      on: try Accelerator.host(library), configuration: configuration)
    try communicator.destroy()
  }
}

@Suite("Vendors' numbers")
struct CodeTests {
  @Test("Every data type and reduction of ours is some vendor's, under its name")
  func names() {
    let all = [NCCLLibrary.collectives, SUCCLLibrary.collectives, VCCLLibrary.collectives]
    func isKnown(_ kind: CollectiveCode, _ name: String) -> Bool {
      all.contains { $0.codes[kind]?.contains { $0.name.description == name } ?? false }
    }
    for type in DataType.allCases { #expect(isKnown(.dataType, type.name), "\(type)") }
    for op in ReductionOp.builtIn { #expect(isKnown(.reductionOp, "\(op)"), "\(op)") }
  }

  @Test("SUCCL has 16-bit integers and no float16; NCCL the other way round")
  func differences() {
    func types(_ description: CollectiveDescription) -> Set<String> {
      Set((description.codes[.dataType] ?? []).map(\.name.description))
    }
    let (nccl, succl) = (types(NCCLLibrary.collectives), types(SUCCLLibrary.collectives))
    #expect(succl.isSuperset(of: ["int16", "uint16"]) && !succl.contains("float16"))
    #expect(nccl.contains("float16") && !nccl.contains("int16"))
  }
}
