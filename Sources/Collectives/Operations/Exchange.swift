/// What all ranks send to each other in an all-to-all-v: known to every rank, and equal on all.
public struct Exchange: Sendable, Hashable {
  /// How many ranks there are.
  public let nRanks: Int
  private let sendCounts: [Int]
  private let sendDisplacements: [Int]
  private let receiveCounts: [Int]
  private let receiveDisplacements: [Int]

  /// Blocks that lie one after the other, in the order of the ranks, on both sides.
  ///
  /// - Parameter counts: `counts[r][s]` elements go from rank r to rank s.
  /// - Throws: `CommunicatorError` of kind `invalidArgument` if it is no square of such counts.
  public init(counts: [[Int]]) throws(CommunicatorError) {
    let transposed = counts.indices.map { column in
      counts.map { $0.indices.contains(column) ? $0[column] : 0 }
    }
    try self.init(
      send: counts.map { Blocks(counts: $0) }, receive: transposed.map { Blocks(counts: $0) })
  }

  /// Blocks anywhere.
  ///
  /// - Parameters:
  ///   - send: By rank, what it sends to each.
  ///   - receive: By rank, what it receives from each: as many as that one sends.
  public init(send: [Blocks], receive: [Blocks]) throws(CommunicatorError) {
    nRanks = send.count
    guard nRanks > 0, receive.count == nRanks else {
      throw Self.invalid("\(send.count) ranks send and \(receive.count) receive")
    }
    for (rank, blocks) in (send + receive).enumerated() {
      if let problem = blocks.problem(nRanks: nRanks, in: .max) {
        throw Self.invalid("rank \(rank % nRanks): \(problem)")
      }
    }
    for sender in 0..<nRanks {
      for receiver in 0..<nRanks
      where send[sender].counts[receiver] != receive[receiver].counts[sender] {
        throw Self.invalid(
          "rank \(sender) sends \(send[sender].counts[receiver]) elements to rank \(receiver), which "
            + "expects \(receive[receiver].counts[sender])")
      }
    }
    sendCounts = send.flatMap(\.counts)
    sendDisplacements = send.flatMap(\.displacements)
    receiveCounts = receive.flatMap(\.counts)
    receiveDisplacements = receive.flatMap(\.displacements)
  }

  private static func invalid(_ text: String) -> CommunicatorError {
    CommunicatorError(.invalidArgument, in: "Exchange", text)
  }

  /// What a rank sends to each.
  public func sendBlocks(of rank: Int) -> Blocks { row(rank, sendCounts, sendDisplacements) }

  /// What a rank receives from each.
  public func receiveBlocks(of rank: Int) -> Blocks {
    row(rank, receiveCounts, receiveDisplacements)
  }

  private func row(_ rank: Int, _ counts: [Int], _ displacements: [Int]) -> Blocks {
    let range = rank * nRanks..<(rank + 1) * nRanks
    return Blocks(counts: Array(counts[range]), displacements: Array(displacements[range]))
  }

  /// nRanks by nRanks each, row by row.
  struct Matrices {
    var sendCounts: UnsafePointer<Int>?
    var sendDisplacements: UnsafePointer<Int>?
    var receiveCounts: UnsafePointer<Int>?
    var receiveDisplacements: UnsafePointer<Int>?
  }

  func withMatrices(
    _ body: (Matrices) throws(CommunicatorError) -> Void
  ) throws(CommunicatorError) {
    let all = sendCounts + sendDisplacements + receiveCounts + receiveDisplacements
    let size = nRanks * nRanks
    try all.withUnsafeBufferPointer { (all) throws(CommunicatorError) in
      let start = all.baseAddress
      try body(
        Matrices(
          sendCounts: start, sendDisplacements: start.map { $0 + size },
          receiveCounts: start.map { $0 + 2 * size },
          receiveDisplacements: start.map { $0 + 3 * size }))
    }
  }
}
