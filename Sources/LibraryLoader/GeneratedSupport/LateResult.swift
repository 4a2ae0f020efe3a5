internal import Synchronization

/// A handle that the library may still write after the call that asks for it has returned: at the
/// end of the group that the call is in, or when a communicator that does not block is ready.
///
/// The place that it is written to is never given back, because only the library knows when it is
/// done with it; that costs eight bytes a call.
public struct LateResult<Handle: OpaqueHandle>: @unchecked Sendable {
  /// For the library to write to.
  public let pointer: UnsafeMutablePointer<UnsafeMutableRawPointer?>

  /// A place with no handle in it.
  public init() { pointer = LatePlaces.shared.next() }

  /// What is there now. It is the handle when the group has ended, and the communicator is ready.
  public var value: Handle { Handle(rawValue: pointer.pointee) }
}

/// Places for pointers that live as long as the process, a page of them at a time, so that they stay
/// reachable.
private final class LatePlaces: Sendable {
  static let shared = LatePlaces()

  private struct Pages: @unchecked Sendable {
    var pages: [UnsafeMutablePointer<UnsafeMutableRawPointer?>] = []
    var used = LatePlaces.placesInPage
  }

  private static let placesInPage = 512
  private let pages = Mutex(Pages())

  func next() -> UnsafeMutablePointer<UnsafeMutableRawPointer?> {
    // Out of the lock as a number: a pointer is not Sendable.
    let address = pages.withLock { state -> UInt in
      if state.used == Self.placesInPage || state.pages.isEmpty {
        let page = UnsafeMutablePointer<UnsafeMutableRawPointer?>.allocate(
          capacity: Self.placesInPage)
        page.initialize(repeating: nil, count: Self.placesInPage)
        state.pages.append(page)
        state.used = 0
      }
      defer { state.used += 1 }
      return UInt(bitPattern: state.pages[state.pages.count - 1] + state.used)
    }
    guard let place = UnsafeMutablePointer<UnsafeMutableRawPointer?>(bitPattern: address) else {
      preconditionFailure("memory was allocated at address 0")
    }
    return place
  }
}
