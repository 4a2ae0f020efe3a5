internal import CollectiveInterface
internal import Threads

/// A run on all ranks of this process.
enum Run {
  /// Runs them, a thread each.
  ///
  /// - Returns: What went wrong, without what only followed from it; empty: nothing.
  static func measure(
    _ settings: Settings, _ library: any CollectiveLibrary, _ seats: [Seat],
    _ listener: any RunListener
  ) throws -> [PerfError] {
    let errors: [PerfError]
    do throws(ThreadError) {
      errors = try onThreads(seats.count) { index in
        RankRun(seat: seats[index], library: library, settings: settings, listener: listener).run()
      }.compactMap { $0.get() }
    } catch {
      throw PerfError("not every rank has a thread: \(error)")
    }
    // Ranks that were told of another's failure repeat its words.
    let causes = Set(errors.map(\.description))
    let first = errors.filter { error in !causes.contains(error.text) }
    return first.isEmpty ? Array(errors.prefix(1)) : first
  }
}
