internal import Synchronization

#if canImport(Darwin)
  internal import Darwin
#elseif canImport(Musl)
  internal import Musl
#else
  internal import Glibc
#endif

/// The thread of a service. It is waited for at the latest when this object goes.
final class ServiceThread: Sendable {
  private let thread: Mutex<pthread_t?>

  /// Starts it; the service is the thread's from here on.
  init(_ service: sending Service) throws(RendezvousError) {
    // A program's signal handlers are not meant for this thread.
    var all = sigset_t()
    var own = sigset_t()
    sigfillset(&all)
    pthread_sigmask(SIG_SETMASK, &all, &own)
    defer { pthread_sigmask(SIG_SETMASK, &own, nil) }
    #if canImport(Darwin)
      var thread: pthread_t?
    #else
      var thread = pthread_t()
    #endif
    let context = Unmanaged.passRetained(service)
    let code = pthread_create(&thread, nil, threadMain, context.toOpaque())
    guard code == 0 else {
      context.release()
      throw RendezvousError(
        .unavailable, "the store's thread cannot be started: \(errorText(code))")
    }
    self.thread = Mutex(thread)
  }

  deinit { join() }

  /// Waits for its end.
  func join() {
    thread.withLock { thread in
      if let started = thread { pthread_join(started, nil) }
      thread = nil
    }
  }
}

#if canImport(Darwin)
  private func threadMain(_ context: UnsafeMutableRawPointer) -> UnsafeMutableRawPointer? {
    Unmanaged<Service>.fromOpaque(context).takeRetainedValue().run()
    return nil
  }
#else
  private func threadMain(_ context: UnsafeMutableRawPointer?) -> UnsafeMutableRawPointer? {
    if let context { Unmanaged<Service>.fromOpaque(context).takeRetainedValue().run() }
    return nil
  }
#endif
