internal import CollectiveInterface
internal import Collectives

/// How communicators are to be.
let configurationCases: [Case] = [
  Case("configuration", hasNonBlocking: false) { try configured($0) },
  Case("configuration-unknown", hasNonBlocking: false) { try unknownField($0) },
  Case("configuration-newer", hasNonBlocking: false) { try newerField($0) },
]

private func configured(_ member: Member) throws {
  let id = try member.sharedID()
  var configuration = CommunicatorConfiguration()
  configuration.isBlocking = true
  configuration.minCTAs = 1
  configuration.maxCTAs = 4
  func make() throws -> Communicator {
    try Communicator(
      member.library, id: id, rank: member.rank, nRanks: member.nRanks, on: member.accelerator,
      configuration: configuration)
  }
  guard member.library.isAvailable(.commInitRankConfig) else {
    return member.expectUnsupported("a configuration") { _ = try make() }
  }
  let communicator = try make()
  try member.expectWorks(communicator, Array(0..<member.nRanks), "with a configuration")
  try communicator.destroy()
}

/// A field of no release's is refused before anything is called.
private func unknownField(_ member: Member) throws {
  try member.require(.commInitRankConfig)
  var configuration = CommunicatorConfiguration()
  configuration.fields["colour"] = 3
  try refused(member, configuration, "colour")
  configuration = CommunicatorConfiguration()
  configuration.fields["minCTAs"] = "many"
  try refused(member, configuration, "minCTAs must be an integer")
}

/// A field that a later release than the loaded one has.
private func newerField(_ member: Member) throws {
  try member.require(.commInitRankConfig)
  let newest = [
    "graphStreamOrdering", "maxP2pPeers", "graphUsageMode", "numRmaCtx", "nvlsCTAs", "commName",
  ]
  for name in newest {
    var configuration = CommunicatorConfiguration()
    configuration.fields[name] = name == "commName" ? "a name" : 1
    do {
      let communicator = try Communicator(
        member.library, id: try UniqueID(madeBy: member.library), rank: 0, nRanks: 1,
        on: member.accelerator, configuration: configuration)
      try communicator.destroy()
    } catch {
      member.findings.expect(error.isUnsupported, "\(name): \(error)")
      return member.findings.expect(
        error.description.contains(name), "\(name) is not named: \(error)")
    }
  }
  throw Skip(reason: "the loaded release has every field")
}

private func refused(
  _ member: Member, _ configuration: CommunicatorConfiguration, _ text: String
) throws {
  let id = try UniqueID(madeBy: member.library)
  member.expectError("a field \(text)", containing: text) {
    _ = try Communicator(
      member.library, id: id, rank: 0, nRanks: 1, on: member.accelerator,
      configuration: configuration)
  }
  // The thread is not left in a group.
  try member.withCommunicator {
    try member.expectWorks($0, Array(0..<member.nRanks), "after a configuration that was refused")
  }
}
