package import CustomAllReduce
internal import Glibc
internal import Synchronization

/// An exchange between processes of one host over files in a directory that they share and that is
/// empty at the beginning. A file appears under its name when it is complete.
package final class FileExchange: PeerExchange {
  package let rank: Int
  package let nRanks: Int
  private let directory: String
  private let timeout: Duration
  private let round = Mutex(0)

  package init(_ directory: String, rank: Int, nRanks: Int, timeout: Duration = .seconds(60)) {
    self.directory = directory
    self.rank = rank
    self.nRanks = nRanks
    self.timeout = timeout
  }

  package func allGather(_ bytes: [UInt8]) throws(ExchangeError) -> [[UInt8]] {
    let number = round.withLock { round in
      round += 1
      return round
    }
    try write(bytes, to: path(number, rank))
    let end = ContinuousClock.now + timeout
    var pieces: [[UInt8]] = []
    for peer in 0..<nRanks {
      while true {
        if let piece = read(path(number, peer)) {
          pieces.append(piece)
          break
        }
        guard ContinuousClock.now < end else { throw ExchangeError("rank \(peer) did not come") }
        usleep(100)
      }
    }
    return pieces
  }

  private func path(_ round: Int, _ rank: Int) -> String { "\(directory)/\(round).\(rank)" }

  private func write(_ bytes: [UInt8], to path: String) throws(ExchangeError) {
    let partial = path + ".partial"
    guard let file = fopen(partial, "w") else { throw ExchangeError("\(partial) cannot be made") }
    let count = fwrite(bytes, 1, bytes.count, file)
    guard fclose(file) == 0, count == bytes.count, rename(partial, path) == 0 else {
      throw ExchangeError("\(path) cannot be written")
    }
  }

  private func read(_ path: String) -> [UInt8]? {
    guard let file = fopen(path, "r") else { return nil }
    defer { fclose(file) }
    var bytes: [UInt8] = []
    var piece = [UInt8](repeating: 0, count: 4096)
    while true {
      let count = fread(&piece, 1, piece.count, file)
      if count == 0 { return bytes }
      bytes += piece[..<count]
    }
  }
}
