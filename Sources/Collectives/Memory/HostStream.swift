internal import CollectiveInterface
internal import LibraryLoader

/// The streams of a CPU stand-in of ours: queues with a thread each.
///
/// The shared libraries say what they are by exporting these functions, which no vendor's library has.
struct HostFunctions: Sendable {
  typealias Create = @convention(c) (UnsafeMutablePointer<UnsafeMutableRawPointer?>) -> CInt
  typealias Destroy = @convention(c) (UnsafeMutableRawPointer?) -> CInt
  typealias Query = @convention(c) (UnsafeMutableRawPointer?) -> CInt
  typealias Synchronize = @convention(c) (UnsafeMutableRawPointer?, CInt) -> CInt
  typealias Describe = @convention(c) () -> UnsafePointer<CChar>?

  let create: Create
  let destroy: Destroy
  let query: Query
  let synchronize: Synchronize
  let lastError: Describe
  /// The library's own words of what it is.
  let description: String

  /// `nil` if the library is no stand-in.
  init?(_ library: any CollectiveLibrary) {
    guard let describe = library.library.address(ofSymbol: "hostCollectivesDescription"),
      let create = library.library.address(ofSymbol: "hostStreamCreate"),
      let destroy = library.library.address(ofSymbol: "hostStreamDestroy"),
      let query = library.library.address(ofSymbol: "hostStreamQuery"),
      let synchronize = library.library.address(ofSymbol: "hostStreamSynchronize"),
      let lastError = library.library.address(ofSymbol: "hostCollectivesLastError")
    else { return nil }
    self.create = unsafeBitCast(create, to: Create.self)
    self.destroy = unsafeBitCast(destroy, to: Destroy.self)
    self.query = unsafeBitCast(query, to: Query.self)
    self.synchronize = unsafeBitCast(synchronize, to: Synchronize.self)
    self.lastError = unsafeBitCast(lastError, to: Describe.self)
    description =
      unsafeBitCast(describe, to: Describe.self)().map { String(cString: $0) } ?? "a stand-in"
  }
}

/// A queue of work of a CPU stand-in.
public final class HostStream: CollectiveStream {
  private let functions: HostFunctions
  /// The stand-in's handle.
  public nonisolated(unsafe) let address: UnsafeMutableRawPointer?

  init(_ functions: HostFunctions) throws(CommunicatorError) {
    var address: UnsafeMutableRawPointer?
    let status = functions.create(&address)
    guard status == 0, address != nil else {
      throw CommunicatorError(
        .internalError, in: "makeStream", "hostStreamCreate failed with status \(status)")
    }
    self.functions = functions
    self.address = address
  }

  // What is in it is finished, or has failed, before it goes: its waits are bounded.
  deinit { _ = functions.destroy(address) }

  /// Whether everything in it is done.
  ///
  /// - Throws: `CommunicatorError` of kind `asynchronous` for the first of what failed since the last time:
  ///   of a vendor whose communicators cannot be asked nobody else would tell.
  public func hasFinished() throws(CommunicatorError) -> Bool {
    guard functions.query(address) != 1 else { return false }
    guard functions.synchronize(address, 0) != 0 else { return true }
    let text = functions.lastError().map { String(cString: $0) } ?? "it does not say why"
    throw CommunicatorError(.asynchronous, in: "hasFinished", "work in the stream failed: \(text)")
  }
}
