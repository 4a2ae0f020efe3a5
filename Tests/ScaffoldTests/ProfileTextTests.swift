import BindingPlan
import HeaderModel
import Scaffold
import Testing

/// Names from headers and command lines stay in their places.
@Suite struct ProfileTextTests {
  private let hostile = "a'b\"c: [x]\n  success: evil # \u{2028}\u{202E}\t{{vendor}}"

  @Test("Whatever a name holds, the profile has it as one text, on one line")
  func quoting() throws {
    var guess = ProfileGuess(
      Header(vendor: "toy", release: Release(1, 0, 0), target: ""))
    guess.prefixes = [hostile, "true", "1", "- x", "&a", ""]
    guess.statusType = hostile
    guess.success = "null"
    guess.byteRecords = [hostile]
    guess.results = [(hostile, [hostile, "'"])]
    guess.twins = ["x: y": hostile]
    var text = ProfileText(
      vendor: "toy", displayName: hostile, module: "ToyBindings", typePrefix: "Toy",
      headerFile: hostile)
    text.stubs = [hostile]
    text.defines = ["A=\"b c\"", "B='\\"]
    let profile = try VendorProfile(yaml: text.yaml(guess), file: "toy.yml", directory: "")
    // What would end a line, or turn it around, is a space.
    let tamed = "a'b\"c: [x]   success: evil #    {{vendor}}"
    #expect(profile.displayName == tamed && profile.header.file == tamed)
    #expect(profile.functions.prefixes == [tamed, "true", "1", "- x", "&a", ""])
    #expect(profile.status?.type == tamed && profile.status?.success == "null")
    #expect(profile.byteRecords == [tamed] && profile.results == [tamed: [tamed, "'"]])
    #expect(profile.functions.twins == ["x: y": tamed])
    #expect(profile.header.stubs == [tamed] && profile.header.defines == text.defines)
  }
}
