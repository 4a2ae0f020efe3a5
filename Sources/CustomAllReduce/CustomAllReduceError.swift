public import CUDARuntime

/// Why an all-reduce, or its setup, did not work.
public enum CustomAllReduceError: Error, Sendable {
  /// The setup ended with a no on at least one rank, and there is no fallback.
  case refused([Refusal])
  /// The call is not one of those that are taken, and there is no fallback.
  case notTaken(Decision.Reason)
  /// A capture failed on these ranks, and so on all of them.
  case captureFailed([Refusal])
  /// Something is wrong with the arguments, whatever is done with them.
  case invalidArgument(String)
  /// A kernel reports that it gave up. The results of the calls since the last that was known to be
  /// good are undefined, on every rank. Ranks may see this at different calls: before they call
  /// again they must agree at which call they go on, over a rendezvous or from a checkpoint.
  case failed(Failure)
  /// The GPU or the driver.
  case cuda(CUDAError)
  /// The exchange between ranks.
  case exchange(ExchangeError)
  /// The fallback, with its own error.
  case fallback(any Error)
  /// It has been closed.
  case closed
}

extension CustomAllReduceError: CustomStringConvertible {
  /// What happened, with everything that is known.
  public var description: String {
    switch self {
    case .refused(let refusals):
      "the custom all-reduce is off and there is no fallback: "
        + refusals.map(\.description).joined(separator: "; ")
    case .captureFailed(let refusals):
      "the capture failed: " + refusals.map(\.description).joined(separator: "; ")
    case .notTaken(let reason): "the call is not taken, and there is no fallback: \(reason)"
    case .invalidArgument(let text): text
    case .failed(let failure): "\(failure)"
    case .cuda(let error): "\(error)"
    case .exchange(let error): "\(error)"
    case .fallback(let error): "the fallback failed: \(error)"
    case .closed: "the custom all-reduce has been closed"
    }
  }
}

/// Runs calls of CUDARuntime; their errors become this module's.
func onDevice<Result>(
  _ body: () throws(CUDAError) -> Result
) throws(CustomAllReduceError) -> Result {
  do throws(CUDAError) { return try body() } catch { throw .cuda(error) }
}

/// The same for the exchange.
func exchanging<Result>(
  _ body: () throws(ExchangeError) -> Result
) throws(CustomAllReduceError) -> Result {
  do throws(ExchangeError) { return try body() } catch { throw .exchange(error) }
}
