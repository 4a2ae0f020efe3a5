#if canImport(Darwin)
  internal import Darwin
#elseif canImport(Musl)
  internal import Musl
#else
  internal import Glibc
#endif

/// A thread of the system's that runs a closure. Unlike a task it may block.
///
/// Somebody joins it, or says that nobody will.
package struct SystemThread: @unchecked Sendable {
  private let thread: pthread_t

  /// Starts it; what the closure holds is the thread's from here on.
  package init(_ body: sending @escaping () -> Void) throws(ThreadError) {
    #if canImport(Darwin)
      var started: pthread_t?
    #else
      var started = pthread_t()
    #endif
    let work = Unmanaged.passRetained(Work(body))
    let code = pthread_create(&started, nil, threadMain, work.toOpaque())
    guard code == 0 else {
      work.release()
      throw ThreadError(code: code)
    }
    #if canImport(Darwin)
      guard let started else { throw ThreadError(code: EAGAIN) }
    #endif
    thread = started
  }

  /// Waits for its end. Once.
  package func join() { pthread_join(thread, nil) }

  /// Lets it end by itself.
  package func detach() { pthread_detach(thread) }
}

/// Why a thread could not be started.
package struct ThreadError: Error, CustomStringConvertible {
  /// The system's.
  package let code: Int32

  /// The system's words.
  package var description: String {
    "a thread cannot be started: \(String(cString: strerror(code)))"
  }
}

private final class Work {
  let body: () -> Void

  init(_ body: @escaping () -> Void) { self.body = body }
}

#if canImport(Darwin)
  private func threadMain(_ work: UnsafeMutableRawPointer) -> UnsafeMutableRawPointer? {
    Unmanaged<Work>.fromOpaque(work).takeRetainedValue().body()
    return nil
  }
#else
  private func threadMain(_ work: UnsafeMutableRawPointer?) -> UnsafeMutableRawPointer? {
    if let work { Unmanaged<Work>.fromOpaque(work).takeRetainedValue().body() }
    return nil
  }
#endif
