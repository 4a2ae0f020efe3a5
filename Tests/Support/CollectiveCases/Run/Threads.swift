internal import Glibc
internal import Synchronization

/// Runs a body on so many threads of the system's, and waits for all of them. Unlike tasks these may
/// block, as ranks do.
///
/// - Returns: `false` if a thread could not be started; the others may be waiting for it.
package func onThreads(_ count: Int, _ body: @escaping @Sendable (Int) -> Void) -> Bool {
  var threads: [pthread_t] = []
  for index in 0..<count {
    var thread = pthread_t()
    let work = Unmanaged.passRetained(Work { body(index) })
    let code = pthread_create(
      &thread, nil,
      { context in
        if let context { Unmanaged<Work>.fromOpaque(context).takeRetainedValue().body() }
        return nil
      }, work.toOpaque())
    guard code == 0 else {
      work.release()
      return false
    }
    threads.append(thread)
  }
  for thread in threads { pthread_join(thread, nil) }
  return true
}

private final class Work: Sendable {
  let body: @Sendable () -> Void

  init(_ body: @escaping @Sendable () -> Void) { self.body = body }
}

/// Runs asynchronous work, and blocks the thread until it is done.
func blocking<Value: Sendable>(
  _ work: @escaping @Sendable () async throws -> Value
) throws -> Value {
  let place = Place<Result<Value, any Error>>()
  Task.detached {
    do { place.put(.success(try await work())) } catch { place.put(.failure(error)) }
  }
  return try place.take().get()
}

/// Where one task puts something, and a thread waits for it.
final class Place<Value: Sendable>: Sendable {
  private let value = Mutex<Value?>(nil)

  /// Only the first counts.
  func put(_ new: Value) { value.withLock { if $0 == nil { $0 = new } } }

  /// What is there now.
  var content: Value? { value.withLock { $0 } }

  func take() -> Value {
    while true {
      if let content { return content }
      usleep(200)
    }
  }
}
