internal import CUDARuntime

extension SelectionTable {
  /// The table that comes with this module: measured on this architecture for this number of ranks,
  /// or for the next larger number of ranks; of the newest architecture that is not newer, or of the
  /// oldest.
  ///
  /// - Throws: `SelectionError` where a table that comes with this module is wrong.
  static func builtIn(
    for capability: ComputeCapability, nRanks: Int
  ) throws(SelectionError) -> SelectionTable {
    let architectures = Set(measured.map(\.capability)).sorted()
    let chosen = architectures.last { $0 <= capability } ?? architectures.first
    let tables = measured.filter { $0.capability == chosen }.sorted { $0.nRanks < $1.nRanks }
    guard let table = tables.first(where: { $0.nRanks >= nRanks }) ?? tables.last else {
      throw SelectionError("there is no table")
    }
    return try SelectionTable(text: String(decoding: table.text, as: UTF8.self))
  }

  private typealias Measured = (capability: ComputeCapability, nRanks: Int, text: [UInt8])

  /// One file each in Tables, which `allreduce-bench tune` writes.
  private static let measured: [Measured] = [
    (ComputeCapability(major: 9, minor: 0), 2, PackageResources.sm90_2_ranks_txt),
    (ComputeCapability(major: 9, minor: 0), 3, PackageResources.sm90_3_ranks_txt),
    (ComputeCapability(major: 9, minor: 0), 4, PackageResources.sm90_4_ranks_txt),
    (ComputeCapability(major: 9, minor: 0), 8, PackageResources.sm90_8_ranks_txt),
  ]
}
