import Foundation
import Rendezvous
import Synchronization
import TestSupport
import Testing

extension Result where Failure == RendezvousError {
  var error: RendezvousError? { if case .failure(let error) = self { error } else { nil } }
  var value: Success? { try? get() }
}

/// A kind of store, with a place for each test.
enum StoreKind: String, CaseIterable, CustomTestStringConvertible {
  case threads, file, tcp

  var testDescription: String { rawValue }

  /// The stores of all ranks.
  func group(_ nRanks: Int, timeout: Duration = .seconds(30)) throws -> [any Store] {
    switch self {
    case .threads: return try ThreadStore.group(nRanks)
    case .file:
      let directory = try TemporaryDirectory().path
      return try (0..<nRanks).map { rank in
        try FileStore(
          directory: directory, job: "a job", rank: rank, nRanks: nRanks, timeout: timeout)
      }
    case .tcp:
      let server = try TCPStore(
        host: "127.0.0.1", port: 0, job: "a job", rank: 0, nRanks: nRanks, timeout: timeout)
      return [server]
        + (try (1..<nRanks).map { rank in
          try TCPStore(
            host: "127.0.0.1", port: server.port, job: "a job", rank: rank, nRanks: nRanks,
            timeout: timeout)
        })
    }
  }
}

/// Leaves in an order in which none waits for another: rank 0 of a TCP store is the last.
func closeAll(_ stores: [any Store]) throws { for store in stores.reversed() { try store.close() } }

/// Whether a typed error is thrown, and which.
func failure<Value>(_ body: () throws(RendezvousError) -> Value) -> RendezvousError? {
  do throws(RendezvousError) { _ = try body() } catch { return error }
  return nil
}

func temporaryPath() throws -> String { try TemporaryDirectory().path }
