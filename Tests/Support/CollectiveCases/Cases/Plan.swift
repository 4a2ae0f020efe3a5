internal import CollectiveInterface
internal import Collectives

/// Which counts, reductions and roots a run goes through.
struct Plan {
  let isThin: Bool
  let nRanks: Int

  /// What the CPU engine does in one step, in bytes; GPUs' libraries have steps that it is a
  /// multiple of.
  private static let chunk = 256 << 10

  /// For each type with each reduction.
  var counts: [Int] { isThin ? [0, 1, 127] : [0, 1, 2, 3, 5, 17, 64, 127, 1009] }

  /// For each type once: around a step's end, and more than two.
  func largeCounts(_ byteCount: Int) -> [Int] {
    let step = Self.chunk / byteCount
    return isThin ? [step + 1] : [step - 1, step, step + 1, 2 * step + step / 2 + 7]
  }

  var roots: [Int] { isThin ? Array(Set([0, nRanks - 1])).sorted() : Array(0..<nRanks) }

  /// Those that a type is reduced with. A thin run has all of them for some types.
  func ops(_ type: DataType) -> [CheckedOp] {
    isThin && ![.int32, .float32, .bfloat16].contains(type) ? [.sum] : CheckedOp.allCases
  }
}

extension Member {
  /// Runs a body for each type that the library has. SUCCL's integers of 16 bits its stand-in lacks,
  /// whose engine has NCCL's types.
  func forEachType(_ body: (any CheckedElement.Type) throws -> Void) throws {
    let lacking: [DataType] = isHost ? [.int16, .uint16] : []
    for type in checkedTypes
    where library.code(.dataType, named: type.dataType.name) != nil
      && !lacking.contains(type.dataType)
    {
      try body(type)
    }
  }

  /// Runs a body with a matrix of each type, all on one communicator.
  func withMatrices(_ body: any MatrixBody) throws {
    try withCommunicator { communicator in
      let stream = try accelerator.makeStream()
      try forEachType { type in try run(body, type, communicator, stream) }
    }
  }

  private func run<Element: CheckedElement>(
    _ body: any MatrixBody, _ type: Element.Type, _ communicator: Communicator,
    _ stream: any CollectiveStream
  ) throws {
    try body.run(
      try Matrix<Element>(self, communicator, stream),
      // What does not block differs in the calls, not in what they do.
      Plan(isThin: settings.isThin || !isBlocking, nRanks: nRanks))
  }
}

/// What is done with a matrix of any type.
protocol MatrixBody {
  func run<Element: CheckedElement>(_ matrix: Matrix<Element>, _ plan: Plan) throws
}

/// A reduction of a matrix, with the op that does it.
struct Reduction {
  let op: CheckedOp
  let isExact: Bool
  let code: ReductionOp

  var name: String { "\(op.rawValue)\(isExact ? "" : " rounded")" }
}

extension Matrix {
  /// Runs a body with each reduction that the library has: with exact inputs, then with rounded ones.
  func forEachReduction(_ plan: Plan, _ body: (Reduction) throws -> Void) throws {
    for op in plan.ops(Element.dataType) {
      for isExact in [true, false] {
        if !isExact, Element.rounded(0, for: op) == nil { continue }
        guard let code = try code(of: op, isExact) else { continue }
        try body(Reduction(op: op, isExact: isExact, code: code))
      }
    }
  }

  private func code(of op: CheckedOp, _ isExact: Bool) throws -> ReductionOp? {
    if let builtIn = op.builtIn { return communicator.has(builtIn) ? builtIn : nil }
    guard communicator.has(.redOpCreatePreMulSum) else { return nil }
    return .custom(
      try communicator.makePreMultipliedSum(inputs.scalar(of: rank, isExact: isExact)))
  }

  /// The counts of a reduction: the large ones once, with what each library has; of rounded values,
  /// which are compared one by one, few.
  func counts(_ plan: Plan, _ reduction: Reduction) -> [Int] {
    guard reduction.isExact else { return plan.isThin ? [127] : [1, 17, 127] }
    let isFirst = reduction.op == .sum
    return plan.counts + (isFirst ? plan.largeCounts(MemoryLayout<Element>.stride) : [])
  }

  func allCounts(_ plan: Plan) -> [Int] {
    plan.counts + plan.largeCounts(MemoryLayout<Element>.stride)
  }

  /// "allReduce float32 sum in place, count 3".
  func name(
    _ operation: String, _ count: Int, _ inPlace: Int?, _ reduction: Reduction? = nil,
    root: Int? = nil
  ) -> String {
    var words = "\(operation) \(Element.dataType.name)"
    if let reduction { words += " \(reduction.name)" }
    words += inPlace == nil ? " out of place" : " in place"
    words += ", count \(count)"
    if let root { words += ", root \(root)" }
    return words
  }
}
