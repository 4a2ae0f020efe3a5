/// The operations that a communicator knows, and what the arguments of vendors' functions are to
/// them: data, so that an operation more is a line more.
///
/// A vendor's function is an operation if its method has the operation's name and every argument
/// without a default has a role. The run time has the same operations in `CollectiveOperation`, and
/// the roles as properties of `CollectiveArguments` and `CommunicatorArguments`.
package enum CollectiveTable {
  /// Put into a stream.
  package static let enqueued = [
    "allGather", "allReduce", "allToAll", "allToAllV", "broadcast", "gather", "reduce",
    "reduceScatter", "scatter", "send", "recv", "putSignal", "signal", "waitSignal",
    "allGatherConfig", "allReduceConfig", "allToAllConfig", "broadcastConfig", "gatherConfig",
    "reduceConfig", "reduceScatterConfig", "scatterConfig",
  ]

  /// Not put into a stream.
  package static let called = [
    "getUniqueID", "commInitRank", "commInitRankConfig", "commInitRankScalable", "commInitAll",
    "commSplit", "commShrink", "commGrow", "commGetUniqueID", "commFinalize", "commDestroy",
    "commAbort", "commRevoke", "commSuspend", "commResume", "commCount", "commUserRank",
    "commDevice", "commGetAsyncError", "commMemStats", "memAlloc", "memFree", "commRegister",
    "commDeregister", "commWindowRegister", "commWindowDeregister", "windowGetUserPointer",
    "redOpCreatePreMulSum", "redOpDestroy", "groupStart", "groupEnd", "groupSimulateEnd",
    "getLastError", "paramGetParameter",
  ]

  /// Those that the CPU engine has, which `HostExports` plays them on.
  package static let hosted: Set<String> = [
    "allGather", "allReduce", "allToAll", "allToAllV", "broadcast", "gather", "reduce",
    "reduceScatter", "scatter", "send", "recv", "getUniqueID", "commInitRank",
    "commInitRankConfig", "commInitRankScalable", "commInitAll", "commSplit", "commShrink",
    "commFinalize", "commDestroy", "commAbort", "commRevoke", "commCount", "commUserRank",
    "commDevice", "commGetAsyncError", "memAlloc", "memFree", "commRegister", "commDeregister",
    "redOpCreatePreMulSum", "redOpDestroy", "groupStart", "groupEnd", "getLastError",
  ]

  /// The fields of a configuration that matter to the CPU engine, by their Swift names.
  static let hostedFields = ["blocking", "commName"]

  /// What the argument `label` of an operation's function is.
  static func role(of label: String, in operation: String) -> CollectiveRole? {
    if let role = exceptions["\(operation).\(label)"] { return role }
    return (enqueued.contains(operation) ? enqueuedRoles : calledRoles)[label]
  }

  /// The roles' names, which are those of the run time's properties.
  package static var roleNames: (enqueued: Set<String>, called: Set<String>) {
    (
      Set(enqueuedRoles.values.map(\.name)),
      Set([calledRoles, exceptions].flatMap { $0.values.map(\.name) })
    )
  }

  /// The kinds of numbers that arguments have.
  package static var codes: Set<String> {
    Set([enqueuedRoles, calledRoles, exceptions].flatMap { $0.values.compactMap(\.code) })
  }

  private static let enqueuedRoles: [String: CollectiveRole] = [
    "sendBuffer": .pointer("sendBuffer"), "localBuffer": .pointer("sendBuffer"),
    "recvBuffer": .pointer("recvBuffer"),
    "count": .integer("count"), "sendCount": .integer("count"),
    "recvCount": .integer("count"),
    "dataType": .integer("dataType", code: "dataType"),
    "op": .integer("op", code: "reductionOp"),
    "root": .integer("root"), "peer": .integer("peer"),
    "comm": .pointer("comm"), "stream": .pointer("stream"),
    "sendCounts": .pointer("sendCounts"),
    "sendDisplacements": .pointer("sendDisplacements"),
    "recvCounts": .pointer("recvCounts"),
    "recvDisplacements": .pointer("recvDisplacements"),
    "relayBuffer": .pointer("relayBuffer"), "relayCount": .integer("relayCount"),
    "peerWindow": .pointer("window"), "peerWindowOffset": .integer("windowOffset"),
    "signalIndex": .integer("signalIndex"), "context": .integer("context"),
    "flags": .integer("flags"), "config": .fields("configuration"),
    "nDescriptors": .integer("waits.count"), "descriptors": .waits("waits"),
  ]

  private static let calledRoles: [String: CollectiveRole] = [
    "comm": .pointer("comm"), "nRanks": .integer("nRanks"),
    "rank": .integer("rank"), "uniqueID": .bytes("uniqueID"),
    "uniqueIDs": .pointer("uniqueIDs"), "nUniqueIDs": .integer("nUniqueIDs"),
    "color": .integer("color"), "key": .integer("key"),
    "excludedRanks": .pointer("excludedRanks"),
    "nExcludedRanks": .integer("nExcludedRanks"),
    "devices": .pointer("devices"), "nDevices": .integer("nDevices"),
    "config": .fields("configuration"), "flags": .integer("flags"),
    "buffer": .pointer("buffer"), "pointer": .pointer("pointer"),
    "size": .integer("size"), "handle": .pointer("handle"),
    "window": .pointer("window"),
    "dataType": .integer("dataType", code: "dataType"), "op": .integer("op"),
    "scalar": .pointer("scalar"),
    "residence": .integer("residence", code: "scalarResidence"),
    "stat": .integer("statistic", code: "memoryStatistic"),
  ]

  /// Where a label means something else than elsewhere.
  private static let exceptions: [String: CollectiveRole] = [
    "commInitAll.comm": .pointer("comms"),
    "commGrow.uniqueID": .pointer("uniqueIDs"),
    "commWindowRegister.flags": .integer("flags", code: "windowFlags"),
    "commShrink.flags": .integer("flags", code: "shrinkFlags"),
    "commRevoke.flags": .integer("flags", code: "revokeFlags"),
    "commSuspend.flags": .integer("flags", code: "suspendFlags"),
    "paramGetParameter.key": .pointer("parameter"),
  ]
}

/// What an argument of a vendor's function is to a communicator.
package struct CollectiveRole: Hashable, Sendable {
  /// What the run time has.
  package enum Kind: Hashable, Sendable {
    case integer
    case pointer
    case bytes
    case fields
    case waits
  }

  /// The property of the run time's arguments.
  package let name: String
  package let kind: Kind
  /// The kind of numbers that it holds, of the run time's `CollectiveCode`.
  package let code: String?

  private init(_ name: String, _ kind: Kind, code: String? = nil) {
    self.name = name
    self.kind = kind
    self.code = code
  }

  static func integer(_ name: String, code: String? = nil) -> CollectiveRole {
    CollectiveRole(name, .integer, code: code)
  }
  static func pointer(_ name: String) -> CollectiveRole { CollectiveRole(name, .pointer) }
  static func bytes(_ name: String) -> CollectiveRole { CollectiveRole(name, .bytes) }
  static func fields(_ name: String) -> CollectiveRole { CollectiveRole(name, .fields) }
  static func waits(_ name: String) -> CollectiveRole { CollectiveRole(name, .waits) }
}
