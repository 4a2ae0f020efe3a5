import LibraryLoader
import Testing

@testable import NCCLBindings

/// Every versioned structure, as every release's own header initialises it and lays it out.
@Suite(.needsNCCLHeaders) struct StructureBytesTests {
  private static let structures = [
    NCCLConfig.description, NCCLCollConfig.description, NCCLSimInfo.description,
    NCCLEncryptionConfig.description,
  ]

  private static let releases = NCCLLibrary.description.releases.map(\.description)

  /// The same bytes as the C compiler's, first as initialised and then with each field set to bytes
  /// of its own, so that a field's place, width and order are all seen.
  @Test(arguments: releases)
  func bytes(release: String) throws {
    let fixture = try NCCLFixture(release, fields: fields(release))
    let library = fixture.nccl.library
    for structure in Self.structures {
      let initial = try fixture.bytes(structure, isFilled: false)
      guard isKnown(structure, in: release) else {
        #expect(initial == nil, "\(structure.name) is in the header")
        let error = #expect(throws: CollectiveError.self) {
          try StructureStorage(structure, for: library)
        }
        #expect(error?.kind == .fieldUnsupported)
        continue
      }
      let storage = try StructureStorage(structure, for: library)
      #expect(Self.bytes(of: storage, structure, library) == initial, "\(structure.name)")
      for index in structure.fields.indices where isKnown(structure.fields[index], in: release) {
        try storage.set(index, Self.pattern(index))
      }
      let filled = try fixture.bytes(structure, isFilled: true)
      #expect(Self.bytes(of: storage, structure, library) == filled, "\(structure.name), filled")
      #expect(filled != initial)
    }
  }

  /// Each release's new fields are refused by the release before.
  @Test func fieldsOfLaterReleases() throws {
    for release in ["2.17.1", "2.26.2", "2.27.3", "2.28.3", "2.29.2", "2.30.7", "2.31.2"] {
      let library = try NCCLFixture(release).nccl.library
      let config = NCCLConfig.description
      for index in config.fields.indices where !isKnown(config.fields[index], in: release) {
        let storage = try StructureStorage(config, for: library)
        let error = try #require(throws: CollectiveError.self) { try storage.set(index, 1) }
        #expect(error.kind == .fieldUnsupported)
        #expect(
          error.text
            == "ncclConfig_t.\(config.fields[index].name) needs NCCL \(config.fields[index].since) "
            + "or later; loaded \(release) from \(library.path) (path given)")
        #expect(storage.get(index) == nil as Int32?)
      }
    }
  }

  // --- Helpers ---

  private func isKnown(_ structure: StructureDescription, in release: String) -> Bool {
    structure.stamps.contains { $0.release.description == release }
  }

  private func isKnown(_ field: StructureField, in release: String) -> Bool {
    let releases = NCCLLibrary.description.releases
    return releases.first { $0.description == release }.map { field.since <= $0 } ?? false
  }

  /// One statement for each field that the release has.
  private func fields(_ release: String) -> String {
    Self.structures.filter { isKnown($0, in: release) }.flatMap { structure in
      structure.fields.indices.filter { isKnown(structure.fields[$0], in: release) }.map {
        "FILL(\(structure.name), \(structure.fields[$0].name), \(0x11 + $0))\n"
      }
    }.joined()
  }

  /// The byte of field `index` eight times over.
  private static func pattern(_ index: Int) -> UInt64 {
    UInt64(0x11 + index) * 0x0101_0101_0101_0101
  }

  private static func bytes(
    of storage: StructureStorage, _ structure: StructureDescription, _ library: LoadedLibrary
  ) -> [UInt8] {
    let stamp = structure.stamps.last { stamp in
      library.layoutRelease.map { stamp.release <= $0 } ?? false
    }
    guard let stamp else { return [] }
    let size = structure.layouts[stamp.layout].size
    return Array(UnsafeRawBufferPointer(start: storage.pointer, count: size))
  }
}
