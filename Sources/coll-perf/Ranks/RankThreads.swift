internal import Glibc

/// Runs `body` for every element at once, each on a thread of its own, and waits for all.
///
/// Threads of a pool would not do: ranks wait for each other, so all of them must run.
func onThreads<Input: Sendable, Output: Sendable>(
  _ inputs: [Input], _ body: @escaping @Sendable (Input) -> Output
) throws -> [Output] {
  let work = inputs.map { Work($0, body) }
  var threads: [pthread_t] = []
  var status: Int32 = 0
  for work in work {
    var thread = pthread_t()
    status = pthread_create(
      &thread, nil,
      { argument in
        argument.map { Unmanaged<WorkBase>.fromOpaque($0).takeRetainedValue().run() }
        return nil
      }, Unmanaged<WorkBase>.passRetained(work).toOpaque())
    guard status == 0 else {
      Unmanaged<WorkBase>.passUnretained(work).release()
      break
    }
    threads.append(thread)
  }
  for thread in threads { pthread_join(thread, nil) }
  guard status == 0 else {
    throw PerfError(
      "cannot start a thread for rank \(threads.count): \(String(cString: strerror(status)))")
  }
  return work.compactMap(\.output)
}

private class WorkBase {
  func run() {}
}

private final class Work<Input: Sendable, Output: Sendable>: WorkBase {
  private let input: Input
  private let body: @Sendable (Input) -> Output
  /// Written before the thread's end, and read after.
  private(set) var output: Output?

  init(_ input: Input, _ body: @escaping @Sendable (Input) -> Output) {
    self.input = input
    self.body = body
  }

  override func run() { output = body(input) }
}
