internal import Collectives

/// What a run measures, and how. The same on all ranks.
struct Settings: Sendable {
  /// Which stream the operations are put into.
  enum StreamChoice: String, Sendable, CaseIterable {
    /// One that the run makes.
    case own
    /// The legacy default stream of the device.
    case legacy = "default"
  }

  /// How the memory is made known to the library before.
  enum Registration: String, Sendable, CaseIterable {
    /// Not at all.
    case none
    /// By each rank for itself.
    case local
    /// By all ranks together, as symmetric windows.
    case window
  }

  var operations: [Operation] = [.allReduce]
  var dataTypes: Selection<DataType> = .some([.float32])
  var reductions: Selection<ReductionOp> = .some([.sum])
  /// In bytes.
  var sizes: [Int] = []
  var root = 0
  /// Operations of a round, and those before the first.
  var iterations = 20
  var warmUps = 5
  /// The time is the median of the rounds'.
  var rounds = 5
  var isChecked = false
  /// Operations in a graph; nil: no graph.
  var graphOperations: Int?
  /// Waits after every operation.
  var isBlocking = false
  var stream = StreamChoice.own
  var registration = Registration.none
  /// Of every wait for other ranks or the device.
  var timeout = Duration.seconds(60)
  /// Samples of the calls' cost on the host; nil: it is not measured.
  var overheadSamples: Int?
}

extension Settings {
  /// What is measured of a library that has these types and reductions, in the table's order.
  func cases(dataTypes known: [DataType], reductions knownOps: [ReductionOp]) -> [Case] {
    operations.flatMap { operation in
      dataTypes.values(of: known).flatMap { type in
        (operation.reduces ? reductions.values(of: knownOps).map { $0 } : [nil]).flatMap { op in
          sizes.map { size in
            Case(
              operation: operation, dataType: type, reduction: op,
              root: operation.hasRoot ? root : nil, size: size)
          }
        }
      }
    }
  }
}

/// A line of the table.
struct Case: Sendable {
  let operation: Operation
  let dataType: DataType
  /// nil: the operation reduces nothing.
  let reduction: ReductionOp?
  /// nil: the operation has none.
  let root: Int?
  /// As asked for, in bytes.
  let size: Int
}
