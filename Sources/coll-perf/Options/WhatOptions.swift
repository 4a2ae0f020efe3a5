internal import ArgumentParser
internal import Collectives

/// Which cases are measured.
struct WhatOptions: ParsableArguments {
  @Argument(
    help: ArgumentHelp(
      "What to measure; or all.",
      discussion: Operation.allCases.map(\.rawValue).joined(separator: ", ")))
  var operations: [String] = ["allReduce"]

  @Option(
    name: [.customShort("b"), .customLong("min-bytes")],
    help: "The first size, with K, M or G for powers of 1024.", transform: ByteCount.init(text:))
  var first = ByteCount(1 << 10)

  @Option(
    name: [.customShort("e"), .customLong("max-bytes")], help: "The last size.",
    transform: ByteCount.init(text:))
  var last = ByteCount(32 << 20)

  @Option(
    name: [.customShort("f"), .customLong("factor")],
    help: "Each size is so many times the one before. (default: 2)")
  var factor: Int?

  @Option(
    name: [.customShort("i"), .customLong("step")],
    help: "Each size is so many bytes more than the one before.", transform: ByteCount.init(text:))
  var step: ByteCount?

  @Option(
    name: [.customShort("d"), .customLong("data-type")],
    help: "Types of elements, separated by commas; all: those that the library has.")
  var dataType = "float32"

  @Option(
    name: [.customShort("o"), .customLong("reduction")],
    help: "sum, prod, min, max, avg, separated by commas; all: those that the library has.")
  var reduction = "sum"

  @Option(name: .shortAndLong, help: "The root of rooted operations.")
  var root = 0

  func apply(to settings: inout Settings) throws {
    settings.operations = try Choice<Operation>.operations.list(operations, all: Operation.allCases)
    { $0 }
    settings.dataTypes = try Choice<DataType>.dataTypes.list([dataType], all: .all) { .some($0) }
    settings.reductions = try Choice<ReductionOp>.reductions.list([reduction], all: .all) {
      .some($0)
    }
    settings.sizes = try SizeSweep(first: first.bytes, last: last.bytes, step: sweepStep()).sizes
    guard root >= 0 else { throw OptionError("the root is \(root): ranks count from 0") }
    settings.root = root
  }

  private func sweepStep() throws -> SizeSweep.Step {
    switch (factor, step) {
    case (.some, .some): throw OptionError("give --factor or --step, not both")
    case (let factor, nil): .times(factor ?? 2)
    case (nil, let step?): .plus(step.bytes)
    }
  }
}
