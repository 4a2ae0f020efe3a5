public import CollectiveInterface

/// How a communicator is to be: what is not set is left to the library.
///
/// A field that the loaded release does not know is an error where the communicator is made, never
/// dropped. Fields that have no property here are set by their name in the vendor's module:
/// `configuration.fields["nvlsHostMode"] = 1`.
public struct CommunicatorConfiguration: Sendable, Hashable {
  /// The vendor's fields under their Swift names.
  public var fields: ConfigurationFields

  /// Nothing set.
  public init(_ fields: ConfigurationFields = ConfigurationFields()) { self.fields = fields }

  /// `false`: calls may return before they are done, and `ready` tells when they are.
  ///
  /// - C: `ncclConfig_t.blocking`, since 2.14.3
  public var isBlocking: Bool? {
    get { integer("blocking").map { $0 != 0 } }
    set { fields["blocking"] = newValue.map { .integer($0 ? 1 : 0) } }
  }

  /// For messages and profilers.
  ///
  /// - C: `ncclConfig_t.commName`, since 2.27.3
  public var name: String? {
    get { text("commName") }
    set { fields["commName"] = newValue.map { .text($0) } }
  }

  /// The network module to use.
  ///
  /// - C: `ncclConfig_t.netName`, since 2.17.1
  public var networkName: String? {
    get { text("netName") }
    set { fields["netName"] = newValue.map { .text($0) } }
  }

  /// The fewest thread blocks that a kernel uses.
  ///
  /// - C: `ncclConfig_t.minCTAs`, since 2.17.1
  public var minCTAs: Int? {
    get { integer("minCTAs") }
    set { fields["minCTAs"] = newValue.map { .integer($0) } }
  }

  /// The most thread blocks that a kernel uses.
  ///
  /// - C: `ncclConfig_t.maxCTAs`, since 2.17.1
  public var maxCTAs: Int? {
    get { integer("maxCTAs") }
    set { fields["maxCTAs"] = newValue.map { .integer($0) } }
  }

  /// Thread blocks in a cluster, 0 to 8.
  ///
  /// - C: `ncclConfig_t.cgaClusterSize`, since 2.17.1
  public var clusterSize: Int? {
    get { integer("cgaClusterSize") }
    set { fields["cgaClusterSize"] = newValue.map { .integer($0) } }
  }

  /// Parts of a split share resources with their parent.
  ///
  /// - C: `ncclConfig_t.splitShare`, since 2.18.1
  public var sharesWhenSplit: Bool? {
    get { integer("splitShare").map { $0 != 0 } }
    set { fields["splitShare"] = newValue.map { .integer($0 ? 1 : 0) } }
  }

  /// A shrunk communicator shares resources with its parent.
  ///
  /// - C: `ncclConfig_t.shrinkShare`, since 2.27.3
  public var sharesWhenShrunk: Bool? {
    get { integer("shrinkShare").map { $0 != 0 } }
    set { fields["shrinkShare"] = newValue.map { .integer($0 ? 1 : 0) } }
  }

  /// The network's class of traffic.
  ///
  /// - C: `ncclConfig_t.trafficClass`, since 2.26.2
  public var trafficClass: Int? {
    get { integer("trafficClass") }
    set { fields["trafficClass"] = newValue.map { .integer($0) } }
  }

  private func integer(_ name: String) -> Int? {
    if case .integer(let value)? = fields[name] { value } else { nil }
  }

  private func text(_ name: String) -> String? {
    if case .text(let value)? = fields[name] { value } else { nil }
  }
}
