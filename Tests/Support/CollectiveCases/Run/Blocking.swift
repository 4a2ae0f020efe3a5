internal import Glibc
internal import Synchronization

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

  /// - Throws: If nothing has come within two minutes: no wait of a case should take as long.
  func take() throws -> Value {
    let deadline = ContinuousClock.now + .seconds(120)
    while true {
      if let content { return content }
      guard ContinuousClock.now < deadline else {
        throw Wrong(description: "what is waited for did not come within 120 s")
      }
      usleep(200)
    }
  }
}
