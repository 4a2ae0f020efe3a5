import Foundation
import TestSupport
import Testing

/// That the harness itself can fail, and what it says then.
@Suite struct HarnessTests {
  private let directory: TemporaryDirectory
  private let expectations: Expectations

  init() throws {
    directory = try TemporaryDirectory()
    expectations = Expectations("some-case", in: directory.path, filter: "GoldenTests/matches")
  }

  private static let stages = [
    GoldenStage("read", [("model.json", Array("{\n}\n".utf8))]),
    GoldenStage("render", [("M/A.swift", Array("a\nb\nc\nd\ne\nf\ng\n".utf8))]),
  ]

  private func problem(
    _ stages: [GoldenStage] = Self.stages, _ mode: RecordMode = .never
  ) throws -> String? {
    try expectations.problem(stages, mode: mode)
  }

  private func record() throws { _ = try problem(Self.stages, .failed) }

  private func text(_ path: String) throws -> String {
    try String(contentsOfFile: directory.file(path), encoding: .utf8)
  }

  @Test("Equal files are no problem")
  func equal() throws {
    try record()
    #expect(try problem() == nil)
  }

  @Test("One byte that differs is shown, with the stage, the file and the command")
  func oneByte() throws {
    try record()
    try directory.write("a\nb\nc\nd\nE\nf\ng\n", to: "M/A.swift")
    #expect(
      try problem() == """
        some-case: stage render: M/A.swift differs
        --- expected/M/A.swift
        +++ actual/M/A.swift
        @@ -2,6 +2,6 @@
         b
         c
         d
        -E
        +e
         f
         g
        if this is right: BINDGEN_COLL_RECORD=failed swift test --filter GoldenTests/matches
        """)
  }

  @Test("One byte changed in a real case's expectation fails that case")
  func realCase() throws {
    let golden = try #require(
      GoldenCase.all.first { $0.name == "enum-gaps" } ?? GoldenCase.all.first)
    let stages = try GoldenRun(golden, Shared.libclang.get(), Shared.templates.get()).stages()
    _ = try problem(stages, .all)
    #expect(try problem(stages) == nil)
    let stage = try #require(stages.first { !$0.files.isEmpty })
    var bytes = stage.files[0].bytes
    bytes[bytes.count / 2] ^= 1
    try directory.write(bytes, to: stage.files[0].path)
    let text = try #require(try problem(stages))
    #expect(text.contains("stage \(stage.name): \(stage.files[0].path) differs"))
    #expect(text.contains("BINDGEN_COLL_RECORD=failed swift test --filter GoldenTests/matches"))
  }

  @Test("The first stage that differs is the one that is reported")
  func firstStage() throws {
    try record()
    try directory.write("other\n", to: "model.json")
    try directory.write("other\n", to: "M/A.swift")
    let text = try #require(try problem())
    #expect(text.contains("stage read: model.json differs"))
    #expect(!text.contains("A.swift"))
  }

  @Test("A file that was never recorded is a failure")
  func missing() throws {
    #expect(try problem()?.contains("stage read: model.json was never recorded") == true)
  }

  @Test("A file that nothing makes is a failure, and recording deletes it")
  func leftover() throws {
    try record()
    try directory.write("old\n", to: "M/Old.swift")
    #expect(try problem()?.contains("no stage makes M/Old.swift") == true)
    #expect(try problem(Self.stages, .missing)?.contains("no stage makes M/Old.swift") == true)
    #expect(try problem(Self.stages, .failed)?.contains("deleted M/Old.swift") == true)
    #expect(try problem() == nil)
  }

  @Test("A recording run fails and lists what it wrote, once")
  func recording() throws {
    let text = try #require(try problem(Self.stages, .missing))
    #expect(text.contains("recorded, so this run fails"))
    #expect(text.contains("wrote model.json") && text.contains("wrote M/A.swift"))
    #expect(try problem(Self.stages, .missing) == nil)
    #expect(try problem(Self.stages, .failed) == nil)
    #expect(try problem(Self.stages, .all)?.contains("wrote model.json") == true)
  }

  @Test("What differs is recorded only when that is asked for")
  func recordsDifferences() throws {
    try record()
    try directory.write("other\n", to: "model.json")
    #expect(try problem(Self.stages, .missing)?.contains("model.json differs") == true)
    #expect(try text("model.json") == "other\n")
    #expect(try problem(Self.stages, .failed)?.contains("wrote model.json") == true)
    #expect(try text("model.json") == "{\n}\n")
  }

  @Test("The record switch takes four words and no other")
  func switchValues() throws {
    #expect(try RecordMode(nil) == .never)
    for mode in RecordMode.allCases { #expect(try RecordMode(mode.rawValue) == mode) }
    for value in ["", "yes", "1", "ALL"] {
      #expect(throws: UnknownRecordMode.self) { try RecordMode(value) }
    }
  }
}
