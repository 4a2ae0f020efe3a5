/// What a communicator may ask a vendor's library for, under one name for all vendors.
///
/// The compiler's planner has the same names: `ncclAlltoAll` and RCCL's `ncclAllToAll` are both
/// `allToAll`. A test holds the two lists together.
public enum CollectiveOperation: String, Sendable, Hashable, CaseIterable {
  // Work for the device: it is put into a stream.
  case allGather, allReduce, allToAll, allToAllV, broadcast, gather, reduce, reduceScatter, scatter
  case send, recv
  case putSignal, signal, waitSignal
  // The same, each with a configuration of its own.
  case allGatherConfig, allReduceConfig, allToAllConfig, broadcastConfig, gatherConfig
  case reduceConfig, reduceScatterConfig, scatterConfig
  // Communicators.
  case getUniqueID
  case commInitRank, commInitRankConfig, commInitRankScalable, commInitAll
  case commSplit, commShrink, commGrow, commGetUniqueID
  case commFinalize, commDestroy, commAbort, commRevoke, commSuspend, commResume
  case commCount, commUserRank, commDevice, commGetAsyncError, commMemStats
  // Memory.
  case memAlloc, memFree
  case commRegister, commDeregister
  case commWindowRegister, commWindowDeregister, windowGetUserPointer
  // Reduction ops of one's own.
  case redOpCreatePreMulSum, redOpDestroy
  // Groups.
  case groupStart, groupEnd, groupSimulateEnd
  // The library itself.
  case getLastError, paramGetParameter
}

/// The kinds of numbers whose meaning a vendor's header gives.
public enum CollectiveCode: String, Sendable, Hashable, CaseIterable {
  case dataType, reductionOp, scalarResidence, memoryStatistic, status
  case windowFlags, shrinkFlags, revokeFlags, suspendFlags
}
