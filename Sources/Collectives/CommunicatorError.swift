public import CUDARuntime
public import LibraryLoader

/// Why something of a communicator did not work.
///
/// It is one pointer wide, so that a throwing call costs next to nothing while it succeeds.
public struct CommunicatorError: Error, Sendable {
  /// What kind of failure it is.
  public enum Kind: Sendable {
    /// A call of the vendor's library failed, or the loaded library lacks it.
    case library(CollectiveError)
    /// A call of the GPU's driver failed.
    case device(CUDAError)
    /// An argument is wrong whatever the library; nothing was called.
    case invalidArgument
    /// The loaded library has no such data type, reduction or operation.
    case unsupported
    /// The communicator was destroyed, aborted or revoked before.
    case notUsable
    /// The library reported an error after its call had returned; the communicator was aborted.
    case asynchronous
    /// Other ranks, or the device, did not come to an end in time; the communicator was aborted.
    case timedOut
    /// Another rank died or gave up; the communicator was aborted.
    case peerLost
    /// The task was cancelled; the communicator was aborted.
    case cancelled
    /// The ranks did not find each other.
    case rendezvous
    /// A defect of this package.
    case internalError
  }

  private final class Storage: Sendable {
    let kind: Kind
    let operation: String
    let text: String
    let rank: Int?

    init(_ kind: Kind, _ operation: String, _ text: String, _ rank: Int?) {
      self.kind = kind
      self.operation = operation
      self.text = text
      self.rank = rank
    }
  }

  private let storage: Storage

  init(_ kind: Kind, in operation: String, _ text: String, rank: Int? = nil) {
    storage = Storage(kind, operation, text, rank)
  }

  init(_ error: CollectiveError, in operation: String, rank: Int? = nil) {
    storage = Storage(.library(error), operation, error.description, rank)
  }

  init(_ error: CUDAError, in operation: String, rank: Int? = nil) {
    storage = Storage(.device(error), operation, error.description, rank)
  }

  /// What kind of failure it is.
  public var kind: Kind { storage.kind }
  /// What was asked for: the method.
  public var operation: String { storage.operation }
  /// What is wrong.
  public var text: String { storage.text }
  /// The rank that it happened on, where there is one yet.
  public var rank: Int? { storage.rank }

  /// Whether the library lacks what was asked for: the call, the type, the reduction.
  public var isUnsupported: Bool {
    switch kind {
    case .unsupported: true
    case .library(let error):
      [.symbolUnavailable, .fieldUnsupported, .argumentUnsupported].contains(error.kind)
    default: false
    }
  }
}

extension CommunicatorError: CustomStringConvertible {
  /// One line with everything that is known.
  public var description: String {
    "\(storage.operation)\(storage.rank.map { " on rank \($0)" } ?? ""): \(storage.text)"
  }
}
