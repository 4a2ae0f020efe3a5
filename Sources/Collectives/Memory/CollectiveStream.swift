internal import CUDADriverBindings
public import CUDARuntime
internal import LibraryLoader

/// A queue that collectives are put into.
public protocol CollectiveStream: Sendable {
  /// What the library is given; nil: its default stream.
  var address: UnsafeMutableRawPointer? { get }
  /// Whether everything in it is done. Never waits.
  ///
  /// - Throws: `CommunicatorError` of kind `device` for what went wrong in it.
  func hasFinished() throws(CommunicatorError) -> Bool
}

extension Stream: CollectiveStream {
  /// The driver's handle.
  public var address: UnsafeMutableRawPointer? { handle.rawValue }

  /// Whether everything in it is done.
  public func hasFinished() throws(CommunicatorError) -> Bool {
    do throws(CUDAError) { return try isDone() } catch {
      throw CommunicatorError(error, in: "hasFinished")
    }
  }
}
