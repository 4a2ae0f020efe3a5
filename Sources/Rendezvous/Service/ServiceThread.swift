internal import Synchronization
internal import Threads

#if canImport(Darwin)
  internal import Darwin
#elseif canImport(Musl)
  internal import Musl
#else
  internal import Glibc
#endif

/// The thread of a service. It is waited for at the latest when this object goes.
final class ServiceThread: Sendable {
  private let thread: Mutex<SystemThread?>

  /// Starts it; the service is the thread's from here on.
  init(_ service: sending Service) throws(RendezvousError) {
    // A program's signal handlers are not meant for this thread.
    var all = sigset_t()
    var own = sigset_t()
    sigfillset(&all)
    pthread_sigmask(SIG_SETMASK, &all, &own)
    defer { pthread_sigmask(SIG_SETMASK, &own, nil) }
    do throws(ThreadError) {
      thread = Mutex(try SystemThread { service.run() })
    } catch {
      throw RendezvousError(.unavailable, "the store has no thread: \(error)")
    }
  }

  deinit { join() }

  /// Waits for its end.
  func join() {
    thread.withLock { thread in
      thread?.join()
      thread = nil
    }
  }
}
