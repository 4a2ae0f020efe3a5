import CollectiveInterface
import Foundation
import LibraryLoader
import Threads

/// A rank of a communicator, on the thread that calls it.
struct Rank {
  let library: any CollectiveLibrary
  let comm: UnsafeMutableRawPointer
  let rank: Int
  let count: Int

  func code(_ kind: CollectiveCode, _ name: String) throws -> Int {
    guard let code = library.code(kind, named: name) else {
      throw Unexpected("\(library.library.vendor) has no \(kind) \(name)")
    }
    return code
  }

  /// Puts an operation into no stream, which waits for it, and returns the receive buffer.
  func collect<Element>(
    _ operation: CollectiveOperation, _ send: [Element], receiving receiveCount: Int,
    filledWith filler: Element, type: String, _ set: (inout CollectiveArguments) throws -> Void
  ) throws -> [Element] {
    var received = Array(repeating: filler, count: receiveCount)
    try send.withUnsafeBytes { send in
      try received.withUnsafeMutableBytes { receive in
        var arguments = CollectiveArguments()
        arguments.sendBuffer = send.baseAddress
        arguments.recvBuffer = receive.baseAddress
        arguments.comm = comm
        arguments.dataType = try code(.dataType, type)
        try set(&arguments)
        try library.enqueue(operation, arguments)
      }
    }
    return received
  }

  /// The same on 32-bit integers.
  func collect(
    _ operation: CollectiveOperation, _ send: [Int32], receiving receiveCount: Int,
    _ set: (inout CollectiveArguments) throws -> Void
  ) throws -> [Int32] {
    try collect(
      operation, send, receiving: receiveCount, filledWith: -1, type: "int32", set)
  }
}

/// Runs a body on the ranks of a new communicator, each a thread, and returns what came of each.
func onRanks<Value: Sendable>(
  _ count: Int, of vendor: HostVendor, _ body: @escaping @Sendable (Rank) throws -> Value
) throws -> [Result<Value, any Error>] {
  let library = try vendor.load()
  let id = try library.makeUniqueID()
  return try onThreads(count) { rank in
    let comm = try library.make(.commInitRank) {
      ($0.nRanks, $0.uniqueID, $0.rank) = (count, id, rank)
    }
    defer { _ = try? library.call(.commDestroy) { $0.comm = comm } }
    return try body(Rank(library: library, comm: comm, rank: rank, count: count))
  }
}

/// The same where no rank may fail.
func onAllRanks<Value: Sendable>(
  _ count: Int, of vendor: HostVendor, _ body: @escaping @Sendable (Rank) throws -> Value
) throws -> [Value] {
  try onRanks(count, of: vendor, body).map { try $0.get() }
}

extension Result {
  /// The library's error; `nil` if there is another, or none.
  var refusal: CollectiveError? {
    guard case .failure(let error) = self else { return nil }
    return error as? CollectiveError
  }
}

struct Unexpected: Error, CustomStringConvertible {
  let description: String
  init(_ description: String) { self.description = description }
}
