internal import Glibc

/// What `CUDA_VISIBLE_DEVICES` says: which of a machine's devices a process sees, and in what order.
///
/// The driver applies it by itself. This reads it as the driver does, so that messages can say why a
/// device is not there, and so that launchers can tell which device a rank has.
public struct VisibleDevices: Hashable, Sendable {
  /// One device of the machine.
  public enum Selector: Hashable, Sendable {
    /// By its number in the machine.
    case index(Int)
    /// By a UUID, or a beginning of it: `GPU-…`.
    case uuid(String)
    /// A part of a device: `MIG-…`.
    case mig(String)
  }

  /// What is listed, up to the first entry that names nothing; `nil`: the variable is not set and
  /// everything is visible.
  public let selectors: [Selector]?

  /// Reads the variable's value; `nil`: it is not set.
  public init(_ value: String?) {
    guard let value else {
      selectors = nil
      return
    }
    var selectors: [Selector] = []
    for entry in value.split(separator: ",", omittingEmptySubsequences: false) {
      guard let selector = Self.selector(entry) else { break }
      // A device that is named twice hides all of them.
      guard !selectors.contains(selector) else {
        selectors = []
        break
      }
      selectors.append(selector)
    }
    self.selectors = selectors
  }

  /// This process's.
  public static var current: VisibleDevices {
    VisibleDevices(getenv("CUDA_VISIBLE_DEVICES").map { String(cString: $0) })
  }

  private static func selector(_ entry: Substring) -> Selector? {
    let text = entry.drop { $0 == " " }
    if text.hasPrefix("GPU-") { return .uuid(String(trimmed(text))) }
    if text.hasPrefix("MIG-") { return .mig(String(trimmed(text))) }
    // As strtol reads it: what follows the digits does not count.
    let digits = text.prefix { $0.isASCII && $0.isNumber }
    return Int(digits).map { .index($0) }
  }

  private static func trimmed(_ text: Substring) -> Substring {
    var text = text
    while text.last == " " { text.removeLast() }
    return text
  }

  /// The machine's devices that are visible, in the order in which the process numbers them.
  ///
  /// - Parameter uuids: Of all the machine's devices, in the machine's order.
  /// - Returns: Positions in `uuids`. An entry that fits no device, or several, ends the list.
  public func visible(among uuids: [DeviceUUID]) -> [Int] {
    guard let selectors else { return Array(uuids.indices) }
    var positions: [Int] = []
    for selector in selectors {
      let position: Int?
      switch selector {
      case .index(let index): position = uuids.indices.contains(index) ? index : nil
      case .uuid(let text):
        let fitting = uuids.indices.filter { uuids[$0].matches(text) }
        position = fitting.count == 1 ? fitting[0] : nil
      case .mig: position = nil
      }
      guard let position else { break }
      guard !positions.contains(position) else { return [] }
      positions.append(position)
    }
    return positions
  }

  /// For a message about a device that is not there.
  static var remark: String {
    guard let value = getenv("CUDA_VISIBLE_DEVICES") else { return "" }
    return " (CUDA_VISIBLE_DEVICES is \"\(String(cString: value))\")"
  }
}
