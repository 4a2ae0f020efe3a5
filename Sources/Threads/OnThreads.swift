internal import Synchronization

/// Runs a body so many times at once, each on a thread of its own, and waits for all. Threads of a pool
/// would not do for ranks, which wait for each other: all of them must run.
///
/// - Returns: What came of each.
/// - Throws: where a thread could not be started, when those that were have ended.
package func onThreads<Value: Sendable, Failure: Error>(
  _ count: Int, _ body: @escaping @Sendable (Int) throws(Failure) -> Value
) throws(ThreadError) -> [Result<Value, Failure>] {
  let results = Results<Value, Failure>()
  var threads: [SystemThread] = []
  var problem: ThreadError?
  do throws(ThreadError) {
    for index in 0..<count {
      threads.append(try SystemThread { results.note(index, body) })
    }
  } catch { problem = error }
  for thread in threads { thread.join() }
  if let problem { throw problem }
  return results.byIndex.withLock { results in (0..<count).compactMap { results[$0] } }
}

private final class Results<Value: Sendable, Failure: Error>: Sendable {
  let byIndex = Mutex<[Int: Result<Value, Failure>]>([:])

  func note(_ index: Int, _ body: (Int) throws(Failure) -> Value) {
    let result: Result<Value, Failure>
    do throws(Failure) { result = .success(try body(index)) } catch { result = .failure(error) }
    byIndex.withLock { $0[index] = result }
  }
}
