import Synchronization
import Testing
import Threads

@Suite struct OnThreadsTests {
  private struct Odd: Error, Equatable {
    let number: Int
  }

  @Test func everyBodysResultIsInItsPlace() throws {
    let results = try onThreads(8) { (number) throws(Odd) in
      guard number % 2 == 0 else { throw Odd(number: number) }
      return number * number
    }
    #expect(results == (0..<8).map { $0 % 2 == 0 ? .success($0 * $0) : .failure(Odd(number: $0)) })
    #expect(try onThreads(0) { $0 }.isEmpty)
  }

  /// Each waits until all have come: on fewer threads than bodies this would not end.
  @Test func allRunAtOnce() throws {
    let arrived = Arrivals()
    let results = try onThreads(16) { _ in
      arrived.count.wrappingAdd(1, ordering: .relaxed)
      let end = ContinuousClock.now + .seconds(60)
      while arrived.count.load(ordering: .relaxed) < 16 {
        guard ContinuousClock.now < end else { return false }
      }
      return true
    }
    #expect(results.allSatisfy { $0.get() })
  }

  private final class Arrivals: Sendable {
    let count = Atomic(0)
  }

  @Test func aThreadCanBeLeftToItself() throws {
    let isDone = Done()
    try SystemThread { isDone.flag.store(true, ordering: .releasing) }.detach()
    let end = ContinuousClock.now + .seconds(60)
    while !isDone.value, ContinuousClock.now < end {}
    #expect(isDone.value)
  }

  private final class Done: Sendable {
    let flag = Atomic(false)
    var value: Bool { flag.load(ordering: .acquiring) }
  }
}
