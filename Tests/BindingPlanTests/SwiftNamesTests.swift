import Testing

@testable import BindingPlan

@Suite struct SwiftNamesTests {
  @Test(
    "Lower camel case",
    arguments: [
      ("AllReduce", "allReduce"), ("allReduce", "allReduce"), ("UniqueID", "uniqueID"),
      ("CUBINSize", "cubinSize"), ("CTAPolicy", "ctaPolicy"), ("ID", "id"), ("X", "x"),
      ("send_count", "sendCount"), ("two__underscores", "twoUnderscores"), ("_leading", "leading"),
      ("trailing_", "trailing"), ("a_B_c", "aBC"), ("A_B", "aB"), ("IPC_x", "ipcX"),
      ("IPC_handle", "ipcHandle"),
      ("N", "n"), ("IPCHandle", "ipcHandle"),
      ("int8", "int8"), ("Float8e4m3", "float8e4m3"), ("2D", "2D"), ("_", "_"), ("", ""),
      ("größe", "größe"),
    ])
  func lowerCamel(_ name: String, _ expected: String) {
    #expect(SwiftNames.lowerCamel(name) == expected)
  }

  @Test(
    "Upper camel case",
    arguments: [
      ("comm", "Comm"), ("redOp_dummy", "RedOpDummy"), ("UniqueId", "UniqueId"),
      ("stream_st", "StreamSt"),
      ("IPC", "IPC"), ("", ""),
    ])
  func upperCamel(_ name: String, _ expected: String) {
    #expect(SwiftNames.upperCamel(name) == expected)
  }

  @Test(
    "From capitals",
    arguments: [
      ("UNHANDLED_CUDA_ERROR", "unhandledCudaError"), ("WIN_DEFAULT", "winDefault"), ("OK", "ok"),
      ("LEVEL_2D", "level2d"), ("_GUARD_", "guard"),
    ])
  func fromCapitals(_ name: String, _ expected: String) {
    #expect(SwiftNames.fromCapitals(name) == expected)
  }

  @Test("Either kind", arguments: [("A_B", "aB"), ("aB_c", "aBC"), ("NCCL_x", "ncclX")])
  func camel(_ name: String, _ expected: String) {
    #expect(SwiftNames.camel(name) == expected)
  }

  @Test(
    "A member's name is the first that can be one",
    arguments: [
      (["a", "b"], "a"), (["2D", "toy2D"], "toy2D"), (["_", "x"], "x"), (["__", "x"], "x"),
      (["", "x"], "x"), (["größe", "x"], "x"), (["a$b", "x"], "x"), (["a b", "x"], "x"),
      (["self"], "self_"), (["default"], "default"), (["2D", "_", "$"], nil), ([], nil),
    ] as [([String], String?)])
  func member(_ names: [String], _ expected: String?) {
    #expect(SwiftNames.member(names) == expected)
  }

  @Test(
    "Keywords stand in backticks, other names do not",
    arguments: [
      ("default", "`default`"), ("in", "`in`"), ("init", "`init`"), ("repeat", "`repeat`"),
      ("internal", "`internal`"), ("Type", "`Type`"), ("any", "`any`"), ("type", "type"),
      ("count", "count"), ("_bcResult", "_bcResult"),
    ])
  func keywords(_ name: String, _ expected: String) {
    #expect(SwiftNames.escaped(name) == expected)
  }

  @Test(
    "A release or flavour inside an identifier",
    arguments: [
      ("2.29.2", "2_29_2"), ("2.29.2-relay-buffer", "2_29_2_relay_buffer"), ("1.0.0-é", "1_0_0___"),
    ])
  func suffix(_ text: String, _ expected: String) {
    #expect(SwiftNames.suffix(text) == expected)
  }

  @Test(
    "Identifiers of both languages",
    arguments: [
      ("a", true), ("_a1", true), ("A_", true), ("", false), ("1a", false), ("a-b", false),
      ("a.b", false), ("é", false), ("a b", false), ("enum@A", false), ("$", false),
    ])
  func identifiers(_ name: String, _ expected: Bool) {
    #expect(isIdentifier(name) == expected)
  }
}
