/// Where the members of `Arguments` in Layout.cu lie, in bytes. A test compares.
enum ArgumentsLayout {
  static let input = 0
  static let output = 8
  static let report = 16
  static let timeout = 24
  static let arenaBytes = 32
  static let workspaces = 40
  static let packs = workspaces + 8 * maxRanks
  static let rank = packs + 4
  static let operation = packs + 8
  static let description = packs + 12
  static let registration = packs + 16
  static let size = registration + 8

  /// Addresses in a registration: first the inputs, then the outputs of all ranks.
  static let registrationWords = 2 * maxRanks

  static let maxRanks = 8
  /// In the control block, which is in front of the arenas.
  static let failureWord = 8
  static let controlBytes = 64 << 10
}
