/// Each collective, with everything that it can be called with.
let collectiveCases: [Case] = [
  matrixCase("all-reduce", AllReduceCase()),
  matrixCase("reduce", ReduceCase()),
  matrixCase("reduce-scatter", ReduceScatterCase()),
  matrixCase("broadcast", BroadcastCase()),
  matrixCase("all-gather", AllGatherCase()),
  matrixCase("all-to-all", AllToAllCase()),
  matrixCase("gather", GatherCase()),
  matrixCase("scatter", ScatterCase()),
]

/// Those whose blocks differ in size.
let vectorCases: [Case] = [
  matrixCase("all-to-all-v-blocks", AllToAllVBlocksCase()),
  matrixCase("all-to-all-v-exchange", AllToAllVExchangeCase()),
  matrixCase("all-gather-v", AllGatherVCase()),
  matrixCase("reduce-scatter-v", ReduceScatterVCase()),
]

func matrixCase(_ name: String, _ body: any MatrixBody & Sendable) -> Case {
  Case(name) { member in try member.withMatrices(body) }
}
