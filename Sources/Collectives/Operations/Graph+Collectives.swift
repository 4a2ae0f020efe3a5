public import CUDARuntime

extension Graph {
  /// Records the collectives that `body` puts into a stream, of any communicators. All ranks record
  /// and launch the same ones; buffers must live as long as the graph is launched.
  ///
  /// The first collective of a communicator connects its ranks, which cannot be recorded where they are
  /// threads of one process: do one before. NCCL gives a communicator back when all graphs with its
  /// collectives are gone: let go of graphs, and of what was instantiated, before `destroy`.
  ///
  /// A body that throws ends the recording, and its error is thrown.
  ///
  /// - Parameter mode: What other threads may do meanwhile; libraries' threads are not disturbed by the
  ///   usual one.
  /// - C: `cuStreamBeginCapture`, `cuStreamEndCapture`
  public static func capture(
    collectivesIn stream: Stream, mode: CaptureMode = .threadLocal,
    _ body: () throws(CommunicatorError) -> Void
  ) throws(CommunicatorError) -> Graph {
    try capture(
      stream, mode: mode, failure: { CommunicatorError($0, in: "Graph.capture") }
    ) { (_) throws(CommunicatorError) in try body() }
  }
}
