import CUDARuntime
import CustomAllReduce
import Synchronization

/// Counts what holds and what does not; one for the process.
final class Checks: Sendable {
  private let counts = Mutex((checks: 0, failures: 0))

  func expect(_ holds: Bool, _ what: @autoclosure () -> String) {
    let printed = counts.withLock { counts in
      counts.checks += 1
      if !holds { counts.failures += 1 }
      return !holds && counts.failures <= 40
    }
    if printed { print("FAILED: \(what())") }
  }

  var summary: (text: String, isGood: Bool) {
    counts.withLock { counts in
      (
        "\(counts.checks - counts.failures) of \(counts.checks) checks hold",
        counts.failures == 0 && counts.checks > 0
      )
    }
  }
}

/// What a rank works with, be it a thread or a process.
struct Rank: Sendable {
  let exchange: any PeerExchange
  let context: Context
  let checks: Checks

  var number: Int { exchange.rank }
  var nRanks: Int { exchange.nRanks }

  func expect(_ holds: Bool, _ what: @autoclosure () -> String) {
    checks.expect(holds, "rank \(number): \(what())")
  }

  /// An all-reduce that must be on.
  func make(
    _ change: (inout CustomAllReduce.Options) -> Void = { _ in }
  ) throws(CustomAllReduceError) -> CustomAllReduce {
    var options = CustomAllReduce.Options()
    options.timeout = .seconds(5)
    change(&options)
    let allReduce = try CustomAllReduce(context, exchange: exchange, options: options)
    expect(allReduce.refusals.isEmpty, "is on: \(allReduce.refusals)")
    return allReduce
  }
}

func onDevice<Result>(
  _ body: () throws(CUDAError) -> Result
) throws(CustomAllReduceError) -> Result {
  do throws(CUDAError) { return try body() } catch { throw .cuda(error) }
}

func exchanging<Result>(
  _ body: () throws(ExchangeError) -> Result
) throws(CustomAllReduceError) -> Result {
  do throws(ExchangeError) { return try body() } catch { throw .exchange(error) }
}
