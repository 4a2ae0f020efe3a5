import HeaderModel
import Testing
import Workspace

/// How many of each thing NCCL's releases declare, as it was counted without our reader.
@Suite struct ReleaseTableTests {
  struct Row: Sendable {
    let releases: [String]
    let functions, constants: Int
    /// Records that are shown, and all their fields.
    let records, fields: Int
    /// With the include guard, which a model leaves out.
    let macros: Int
    let config: Config?

    struct Config: Sendable {
      let tag: String
      let bytes, fields: Int
    }

    init(
      _ releases: String..., functions: Int, constants: Int, records: Int, fields: Int,
      macros: Int, config: (tag: String, bytes: Int, fields: Int)?
    ) {
      self.releases = releases
      (self.functions, self.constants) = (functions, constants)
      (self.records, self.fields, self.macros) = (records, fields, macros)
      self.config = config.map { Config(tag: $0.tag, bytes: $0.bytes, fields: $0.fields) }
    }
  }

  static let rows = [
    Row(
      "2.13.4", functions: 48, constants: 34, records: 1, fields: 1, macros: 8, config: nil),
    Row(
      "2.14.3", "2.15.5", "2.16.2", "2.16.5", functions: 52, constants: 35, records: 2, fields: 5,
      macros: 9, config: ("v21400", 24, 4)),
    Row(
      "2.17.1", functions: 52, constants: 35, records: 2, fields: 9, macros: 12,
      config: ("v21700", 40, 8)),
    Row(
      "2.18.1", "2.18.3", functions: 54, constants: 35, records: 2, fields: 10, macros: 13,
      config: ("v21700", 48, 9)),
    Row(
      "2.19.3", "2.20.5", "2.21.5", functions: 62, constants: 35, records: 2, fields: 10,
      macros: 13, config: ("v21700", 48, 9)),
    Row(
      "2.22.3", functions: 64, constants: 35, records: 3, fields: 14, macros: 15,
      config: ("v21700", 48, 9)),
    Row(
      "2.23.4", functions: 66, constants: 35, records: 3, fields: 14, macros: 15,
      config: ("v21700", 48, 9)),
    Row(
      "2.24.3", "2.25.1", functions: 68, constants: 37, records: 3, fields: 14, macros: 15,
      config: ("v21700", 48, 9)),
    Row(
      "2.26.2", "2.26.5", functions: 68, constants: 37, records: 3, fields: 15, macros: 15,
      config: ("v21700", 48, 10)),
    Row(
      "2.27.3", "2.27.5", "2.27.6", "2.27.7", functions: 74, constants: 37, records: 3,
      fields: 20, macros: 21, config: ("v22700", 72, 15)),
    Row(
      "2.28.3", functions: 80, constants: 37, records: 3, fields: 22, macros: 23,
      config: ("v22800", 80, 17)),
    Row(
      "2.28.7", "2.28.9", functions: 82, constants: 37, records: 3, fields: 22, macros: 24,
      config: ("v22800", 80, 17)),
    Row(
      "2.29.2", "2.29.3", functions: 94, constants: 37, records: 4, fields: 28, macros: 25,
      config: ("v22800", 88, 19)),
    Row(
      "2.29.7", functions: 100, constants: 41, records: 4, fields: 28, macros: 27,
      config: ("v22800", 88, 19)),
    Row(
      "2.30.3", functions: 98, constants: 42, records: 4, fields: 29, macros: 29,
      config: ("v22800", 96, 20)),
    Row(
      "2.30.4", functions: 126, constants: 42, records: 4, fields: 29, macros: 29,
      config: ("v22800", 96, 20)),
    Row(
      "2.30.7", functions: 126, constants: 42, records: 4, fields: 30, macros: 29,
      config: ("v23000", 96, 21)),
    Row(
      "2.31.2", functions: 142, constants: 46, records: 8, fields: 54, macros: 30,
      config: ("v23100", 112, 25)),
    Row(
      "2.32.3", functions: 144, constants: 53, records: 9, fields: 61, macros: 33,
      config: ("v23100", 120, 26)),
  ]

  @Test("Every release up to 2.32.3 is in the table")
  func isWhole() {
    let known = Corpus.models(of: "nccl").filter { $0.release <= Release(2, 32, 3) }
    #expect(Self.rows.flatMap(\.releases) == known.map(\.identifier))
  }

  @Test("Counts", arguments: rows)
  func counts(row: Row) throws {
    for release in row.releases {
      let model = try Corpus.project.model(named: "nccl@\(release)")
      #expect(model.functions.count == row.functions, "\(release)")
      #expect(model.enumerations.flatMap(\.enumerators).count == row.constants, "\(release)")
      let layouts = model.records.filter { !$0.isExternal }.compactMap(\.layout)
      #expect(layouts.count == row.records, "\(release)")
      #expect(layouts.flatMap(\.fields).count == row.fields, "\(release)")
      #expect(model.macros.count + 1 == row.macros, "\(release)")

      let config = model.records.first { $0.name.hasPrefix("ncclConfig_v") }
      #expect(config?.name == row.config.map { "ncclConfig_\($0.tag)" }, "\(release)")
      #expect(config?.layout?.size == row.config?.bytes, "\(release)")
      #expect(config?.layout?.fields.count == row.config?.fields, "\(release)")
    }
  }
}

extension ReleaseTableTests.Row: CustomTestStringConvertible {
  var testDescription: String { releases.joined(separator: ", ") }
}
