internal import Glibc
internal import Synchronization

/// Runs a body on a thread for each rank and returns what each gave, when all have ended.
package func runRanks<Value: Sendable>(
  _ nRanks: Int, _ body: @escaping @Sendable (Int) -> Value
) -> [Value] {
  let values = Mutex([Int: Value]())
  let threads = (0..<nRanks).map { rank in
    startThread {
      let value = body(rank)
      values.withLock { $0[rank] = value }
    }
  }
  for thread in threads { pthread_join(thread, nil) }
  return values.withLock { values in (0..<nRanks).compactMap { values[$0] } }
}

private final class Body: Sendable {
  let run: @Sendable () -> Void
  init(_ run: @escaping @Sendable () -> Void) { self.run = run }
}

private func startThread(_ body: @escaping @Sendable () -> Void) -> pthread_t {
  var thread = pthread_t()
  let argument = Unmanaged.passRetained(Body(body)).toOpaque()
  let status = pthread_create(
    &thread, nil,
    { argument in
      if let argument { Unmanaged<Body>.fromOpaque(argument).takeRetainedValue().run() }
      return nil
    }, argument)
  precondition(status == 0, "a thread could not be started: \(status)")
  return thread
}
