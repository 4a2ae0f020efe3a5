internal import CollectiveInterface

/// The loaded library's numbers for data types and reductions, looked up once.
struct CodeTable: Sendable {
  private let dataTypes: [Int?]
  private let reductions: [Int?]

  init(_ library: any CollectiveLibrary) {
    dataTypes = DataType.allCases.map { library.code(.dataType, named: $0.name) }
    reductions = ReductionOp.builtIn.map { library.code(.reductionOp, named: $0.name) }
  }

  subscript(type: DataType) -> Int? { dataTypes[type.rawValue] }

  /// The number of an op that libraries bring along.
  subscript(builtIn op: ReductionOp) -> Int? {
    reductions.indices.contains(op.index) ? reductions[op.index] : nil
  }

  /// The types that there are.
  var known: [DataType] { DataType.allCases.filter { self[$0] != nil } }
}
