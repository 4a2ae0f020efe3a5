internal import CCUDADriverBindings
public import CUDADriverBindings
internal import LibraryLoader

/// Which other calls may be made while a stream is captured, by this thread or by others.
public enum CaptureMode: Sendable {
  /// No thread may make calls that could break the capture.
  case global
  /// The calling thread may not; NCCL and PyTorch capture so.
  case threadLocal
  /// Everybody may.
  case relaxed

  var value: CUStreamCaptureMode {
    switch self {
    case .global: .global
    case .threadLocal: .threadLocal
    case .relaxed: .relaxed
    }
  }
}

/// Work that was recorded instead of done, to be done many times with one launch.
public final class Graph: Sendable {
  /// Where it was recorded.
  public let context: Context
  /// The driver's handle.
  public let handle: CUGraph

  init(_ context: Context, _ handle: CUGraph) {
    self.context = context
    self.handle = handle
  }

  deinit { _ = context.driver.functions.cuGraphDestroy?(handle.rawValue) }

  /// Records what `body` puts into a stream. Buffers that it uses, and the modules of kernels that it
  /// launches, must live as long as the graph is launched.
  ///
  /// A body that throws ends the recording, and its error is thrown.
  /// - C: `cuStreamBeginCapture`, `cuStreamEndCapture`
  public static func capture(
    _ stream: Stream, mode: CaptureMode = .threadLocal,
    _ body: (Stream) throws(CUDAError) -> Void
  ) throws(CUDAError) -> Graph {
    try capture(stream, mode: mode, failure: { $0 }, body)
  }

  /// The same for a body with errors of its own; `failure` makes one of the driver's.
  package static func capture<Failure: Error>(
    _ stream: Stream, mode: CaptureMode, failure: (CUDAError) -> Failure,
    _ body: (Stream) throws(Failure) -> Void
  ) throws(Failure) -> Graph {
    do throws(CUDAError) {
      try stream.context.call { (driver) throws(CollectiveError) in
        try driver.streamBeginCapture(stream: stream.handle, mode: mode.value)
      }
    } catch { throw failure(error) }
    do throws(Failure) {
      try body(stream)
    } catch {
      // Or the stream would stay in this state for ever.
      stream.context.withCurrent { (driver) in
        var graph: UnsafeMutableRawPointer?
        if driver.functions.cuStreamEndCapture?(stream.handle.rawValue, &graph) == 0, let graph {
          _ = driver.functions.cuGraphDestroy?(graph)
        }
      }
      throw error
    }
    do throws(CUDAError) {
      return Graph(
        stream.context,
        try stream.context.call { (driver) throws(CollectiveError) in
          try driver.streamEndCapture(stream: stream.handle)
        })
    } catch { throw failure(error) }
  }

  /// Makes what can be launched.
  ///
  /// - C: `cuGraphInstantiateWithFlags`
  public func instantiate() throws(CUDAError) -> ExecutableGraph {
    ExecutableGraph(
      context,
      try context.call { (driver) throws(CollectiveError) in
        try driver.graphInstantiate(graph: handle, flags: 0)
      })
  }

  /// The nodes, in no particular order.
  ///
  /// - C: `cuGraphGetNodes`
  public func nodes() throws(CUDAError) -> [GraphNode] {
    let handles = try context.call { (driver) throws(CollectiveError) in
      var count = 0
      try driver.graphGetNodes(graph: handle, nodes: nil, numNodes: &count)
      var handles = [UnsafeMutableRawPointer?](repeating: nil, count: count)
      guard count > 0 else { return handles }
      try driver.graphGetNodes(graph: handle, nodes: &handles, numNodes: &count)
      return handles
    }
    return handles.map { GraphNode(graph: self, handle: CUGraphNode(rawValue: $0)) }
  }
}

/// One step of a graph.
public struct GraphNode: Sendable {
  /// What it is part of.
  public let graph: Graph
  /// The driver's handle.
  public let handle: CUGraphNode

  /// What the step is: a kernel, a copy.
  ///
  /// - C: `cuGraphNodeGetType`
  public func type() throws(CUDAError) -> CUGraphNodeType {
    try graph.context.call { (driver) throws(CollectiveError) in
      try driver.graphNodeGetType(hNode: handle)
    }
  }
}

/// A graph that can be launched.
public final class ExecutableGraph: Sendable {
  /// Where it runs.
  public let context: Context
  /// The driver's handle.
  public let handle: CUGraphExec

  init(_ context: Context, _ handle: CUGraphExec) {
    self.context = context
    self.handle = handle
  }

  deinit {
    context.withCurrent { (driver) in _ = driver.functions.cuGraphExecDestroy?(handle.rawValue) }
  }

  /// Brings what the graph needs to the device, so that its first launch is as quick as others.
  ///
  /// - C: `cuGraphUpload`
  public func upload(in stream: Stream) throws(CUDAError) {
    try context.call { (driver) throws(CollectiveError) in
      try driver.graphUpload(graphExec: handle, stream: stream.handle)
    }
  }

  /// Does the recorded work, in order with the stream's other work. Does not block.
  ///
  /// - C: `cuGraphLaunch`
  public func launch(in stream: Stream) throws(CUDAError) {
    try context.call { (driver) throws(CollectiveError) in
      try driver.graphLaunch(graphExec: handle, stream: stream.handle)
    }
  }
}

extension Stream {
  /// Whether what is put into the stream is recorded instead of done.
  ///
  /// - C: `cuStreamIsCapturing`
  public func isCapturing() throws(CUDAError) -> Bool {
    try context.call { (driver) throws(CollectiveError) in
      try driver.streamIsCapturing(stream: handle)
    } != .none
  }
}
