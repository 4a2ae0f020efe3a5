import CUDARuntime
import CustomAllReduce
import Glibc
import Rendezvous
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

  func finish() -> Never {
    let (checks, failures) = counts.withLock { $0 }
    print("\(checks - failures) of \(checks) checks hold")
    exit(failures == 0 && checks > 0 ? 0 : 1)
  }
}

/// What a rank works with, be it a thread or a process.
struct Rank: Sendable {
  let meeting: Rendezvous
  let context: Context
  let checks: Checks
  /// Where the ranks' processes have files in common.
  let directory: String?
  /// Ranks have a GPU together.
  let sharesDevices: Bool

  /// nil, and a check that does not hold: there is no GPU for it.
  init?(_ meeting: Rendezvous, _ checks: Checks, directory: String?) {
    (self.meeting, self.checks, self.directory) = (meeting, checks, directory)
    do throws(CUDAError) {
      let cuda = try CUDA()
      let count = try cuda.deviceCount()
      sharesDevices = meeting.nRanks > count
      context = try Context(cuda.device(meeting.rank % max(count, 1)))
    } catch {
      checks.expect(false, "rank \(meeting.rank): \(error)")
      return nil
    }
  }

  var exchange: any PeerExchange { RendezvousExchange(meeting) }
  var number: Int { meeting.rank }
  var nRanks: Int { meeting.nRanks }

  func expect(_ holds: Bool, _ what: @autoclosure () -> String) {
    checks.expect(holds, "rank \(number): \(what())")
  }

  /// Once for all ranks.
  func say(_ text: String) {
    guard number == 0 else { return }
    print(text)
    fflush(nil)
  }

  /// An all-reduce that must be on.
  func make(
    _ change: (inout CustomAllReduce.Options) -> Void = { _ in }
  ) throws(CustomAllReduceError) -> CustomAllReduce {
    let allReduce = try CustomAllReduce(context, exchange: exchange, options: options(change))
    expect(allReduce.refusals.isEmpty, "is on: \(allReduce.refusals)")
    return allReduce
  }

  func options(
    _ change: (inout CustomAllReduce.Options) -> Void = { _ in }
  ) -> CustomAllReduce.Options {
    var options = CustomAllReduce.Options()
    options.timeout = .seconds(5)
    options.sharesDevices = sharesDevices
    if sharesDevices { options.maxBlocks = 16 }
    change(&options)
    return options
  }

  /// Who is to kill a rank waits for this file.
  static func readyFile(in directory: String) -> String { directory + "/ready" }

  func sayReady() {
    guard number == 0, let directory else { return }
    if let file = fopen(Self.readyFile(in: directory), "w") { fclose(file) }
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
