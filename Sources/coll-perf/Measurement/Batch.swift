internal import CUDARuntime
internal import Collectives

/// What is put into the stream with one call: an operation, or a graph of several.
struct Batch {
  let operations: Int
  let launch: () throws -> Void

  /// An operation, waited for where the run is to block.
  init(_ operation: @escaping () throws(CommunicatorError) -> Void, then drain: Drain?) {
    operations = 1
    launch = {
      try operation()
      try drain?.wait()
    }
  }

  /// A graph of so many operations.
  init(
    _ operations: Int, in stream: any CollectiveStream,
    of operation: () throws(CommunicatorError) -> Void
  ) throws {
    guard let stream = stream as? Stream else {
      throw PerfError("graphs need a GPU: this library works on the CPU")
    }
    var failure: CommunicatorError?
    let graph: Graph
    do throws(CUDAError) {
      graph = try Graph.capture(stream) { _ throws(CUDAError) in
        do throws(CommunicatorError) {
          for _ in 0..<operations { try operation() }
        } catch {
          failure = error
          throw .invalidArgument("the operation cannot be captured")
        }
      }
    } catch { throw failure ?? error as any Error }
    let executable = try graph.instantiate()
    try executable.upload(in: stream)
    self.operations = operations
    launch = { try executable.launch(in: stream) }
  }
}
