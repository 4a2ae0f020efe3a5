import Foundation
import LibraryLoader
import NCCLBindings
import Synchronization
import Testing

/// Many callers that all want one library at once.
@Suite(.needsNCCL) struct ConcurrencyTests {
  /// In a process of its own, where nothing has loaded or initialised the library before.
  @Test func tasks() async {
    await #expect(processExitsWith: .success) {
      let path = Corpus.library("2.28.3")
      let results = try await withThrowingTaskGroup(of: (NCCLLibrary, [UInt8]).self) { group in
        for _ in 0..<64 {
          group.addTask {
            let nccl = try NCCLLibrary.load(path: path)
            return (nccl, try nccl.getUniqueID().bytes)
          }
        }
        return try await group.reduce(into: []) { $0.append($1) }
      }
      #expect(Set(results.map(\.1)).count == 64)
      #expect(Set(results.map { ObjectIdentifier($0.0.library) }).count == 1)
    }
  }

  /// Tasks are only as many at a time as there are processors.
  @Test func threads() async {
    await #expect(processExitsWith: .success) {
      let path = Corpus.library("2.32.3")
      let ids = Mutex<Set<[UInt8]>>([])
      let group = DispatchGroup()
      for _ in 0..<64 {
        group.enter()
        Thread.detachNewThread {
          defer { group.leave() }
          guard let nccl = try? NCCLLibrary.load(path: path),
            let id = try? nccl.getUniqueID().bytes
          else { return }
          ids.withLock { _ = $0.insert(id) }
        }
      }
      group.wait()
      #expect(ids.withLock(\.count) == 64)
    }
  }

  /// One loaded library behind many tasks.
  @Test func oneLibrary() async throws {
    let nccl = try NCCLLibrary.load(path: Corpus.library("2.32.3"))
    let ids = try await withThrowingTaskGroup(of: [UInt8].self) { group in
      for _ in 0..<64 {
        group.addTask {
          _ = try nccl.getVersion()
          return try nccl.getUniqueID().bytes
        }
      }
      return try await group.reduce(into: []) { $0.append($1) }
    }
    #expect(Set(ids).count == 64)
  }
}
