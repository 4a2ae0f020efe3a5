internal import CollectiveInterface
internal import LibraryLoader
internal import Synchronization

/// What a communicator's calls have come to since they returned.
public enum AsyncState: Sendable {
  /// Nothing is outstanding but what is in streams.
  case ready
  /// A call on a communicator that does not block is not done.
  case inProgress
  /// Something went wrong: the communicator can only be aborted.
  case failed(CommunicatorError)
}

extension Communicator {
  /// What its calls have come to. Never waits. A library that cannot say is always ready.
  ///
  /// - Throws: `CommunicatorError` of kind `notUsable` after the communicator's end.
  /// - C: `ncclCommGetAsyncError`
  public func asyncState() throws(CommunicatorError) -> AsyncState {
    try questions.withLock { (_) throws(CommunicatorError) in
      try checkUsable(.commGetAsyncError)
      return try AsyncState(library, arguments, rank: rank)
    }
  }
}

extension AsyncState {
  init(
    _ library: any CollectiveLibrary, _ arguments: CommunicatorArguments, rank: Int
  ) throws(CommunicatorError) {
    guard library.isAvailable(.commGetAsyncError) else {
      self = .ready
      return
    }
    let code = try library.integer(.commGetAsyncError, arguments, rank: rank)
    switch library.name(.status, of: code) {
    case "success": self = .ready
    case "inProgress": self = .inProgress
    case let name:
      var words = name.map { "\($0) (\(code))" } ?? "status \(code)"
      if case .text(let text)? = try? library.value(.getLastError, arguments), !text.isEmpty {
        words += ": \(text)"
      }
      self = .failed(
        CommunicatorError(
          .asynchronous, in: "asyncState", "\(library.library.vendor) reports \(words)", rank: rank)
      )
    }
  }
}
