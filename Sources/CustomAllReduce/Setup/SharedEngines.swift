internal import Synchronization

/// Engines whose memory other ranks know of, and so may write to. Each stays until its rank has
/// agreed with all others on the end; without that, after a failure say, until the process ends.
/// That is meant: a rank that is late, or thought to be gone, may still launch a kernel that stores
/// here. No rank can find out that none will, and memory that was given back may be anybody's by
/// then.
enum SharedEngines {
  private static let engines = Mutex<[ObjectIdentifier: Engine]>([:])

  /// Comes before any other rank is told where the engine's memory is.
  static func keep(_ engine: Engine) {
    engines.withLock { $0[ObjectIdentifier(engine)] = engine }
  }

  /// No other rank has its memory open any more: it goes with the caller's reference.
  static func release(_ engine: Engine) {
    engines.withLock { _ = $0.removeValue(forKey: ObjectIdentifier(engine)) }
  }
}
