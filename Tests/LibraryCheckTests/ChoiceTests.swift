import BindingPlan
import ELFSymbols
import Foundation
import HeaderModel
import LibraryCheck
import TestSupport
import Testing

/// What a library is held against, and whose it is taken for: never a guess in silence.
@Suite struct ChoiceTests {
  private func choice(
    _ more: String, _ answer: LibraryAnswer = .notAsked, models: [Header] = Toy.models
  ) throws -> (String, ModelChoice.Basis) {
    let model = try Toy.check(try Toy.library(more), answer, models: models).model
    return (model.header.identifier, model.basis)
  }

  @Test func byExports() throws {
    let (newest, basis) = try choice("int toyNew(void) { return 0; } int toyNewer, unrelated;")
    #expect(newest == "1.2.0" && basis == .exports(fitting: ["1.2.0"]))
    let (oldest, _) = try choice("int toyOld(void) { return 0; }")
    #expect(oldest == "1.0.0")
    // The header did not change.
    let same = [Toy.models[0], Toy.header(Release(1, 3, 0), Toy.models[0].functions)]
    let (one, equal) = try choice("int toyOld;", models: same)
    #expect(one == "1.3.0" && equal == .exports(fitting: ["1.0.0", "1.3.0"]))
    let text = try Toy.check(try Toy.library("int toyOld;"), models: same).text
    #expect(
      text.contains(
        "checked against: toy@1.3.0, inferred from the exports, the newest of 1.0.0, 1.3.0, "
          + "which fit equally"))
  }

  @Test func byCall() throws {
    let (exact, basis) = try choice("int toyNew;", .said([100]))
    #expect(exact == "1.0.0" && basis == .versionCall)
    let (before, nearest) = try choice("", .said([115]))
    #expect(before == "1.1.0" && nearest == .beforeVersionCall)
    // Older than every model, unknown, or unanswered: the exports must do.
    for answer in [LibraryAnswer.said([90]), .said([-1]), .failed("it hangs")] {
      let (_, basis) = try choice("int toyOld;", answer)
      #expect(basis == .exports(fitting: ["1.0.0"]))
    }
  }

  @Test func byFlavour() throws {
    let models = ["blue", "red"].map { flavour in
      Toy.header(Release(1, 0, 0), flavour: flavour, [Toy.function("toySend")])
    }
    let (red, _) = try choice("int toyRed;", .said([100]), models: models)
    #expect(red == "1.0.0-red")
    let (blue, _) = try choice("int toyBlue;", .said([100]), models: models)
    #expect(blue == "1.0.0-blue")
    let (_, basis) = try choice("", models: models)
    #expect(basis == .exports(fitting: ["1.0.0-blue", "1.0.0-red"]))
  }

  @Test func flavours() throws {
    func findings(_ more: String, _ answer: LibraryAnswer = .notAsked) throws -> LibraryCheck {
      try Toy.check(try Toy.library(more), answer)
    }
    let red = try findings("int toyRed;")
    #expect(red.flavours.matches.map(\.flavour) == ["red"])
    #expect(
      red.flavours.undecided == ["blue"] && red.flavours.others == []
        && red.flavours.unseen == ["bare"])
    #expect(
      red.text.contains(
        "flavour: red (exports toyRed, lacks toyBlue; no header of it is known)"))
    let none = try findings("", .said([110]))
    #expect(none.flavours.matches.isEmpty && none.flavours.undecided.isEmpty)
    let byCode = try findings("", .said([199]))
    #expect(byCode.flavours.matches.map(\.evidence) == ["version code 199"])
    let both = try findings("int toyRed;", .said([199]))
    #expect(both.text.contains("flavour: ambiguous, LoadOptions.flavour must say which: red ("))
    #expect(try findings("").text.contains("; --load is needed for: blue"))
  }

  private func message(_ body: () throws -> Void) throws -> String {
    try #require(throws: Diagnostic.self) { try body() }.description
  }

  /// Neither the model's machine nor this one.
  @Test func anotherMachine() throws {
    let path = try Toy.library().path
    var bytes = Array(try Data(contentsOf: URL(filePath: path)))
    (bytes[18], bytes[19]) = (22, 0)
    let library = try SharedObject(bytes: bytes, path: path)
    #expect(
      try message { _ = try Toy.check(library) }.contains(
        "is built for S390, and the model is of \(Toy.target) [library-machine]"))
    // Names are the same everywhere: on its own machine a library is held against any model.
    var header = Toy.models[0]
    header.target = "s390x-unknown-linux-gnu"
    _ = try Toy.check(try Toy.library(), named: header)
  }

  @Test func notTheVendors() throws {
    let library = try SharedObject(
      contentsOf: try FixtureLibrary.compile(source: "int other(void) { return 0; }").path)
    #expect(
      try message { _ = try Toy.check(library) }.contains(
        "is not a TOY library: it exports none of its functions [library-vendor]"))
    #expect(
      try message { _ = try Toy.check(library, models: []) }.contains(
        "there are no models of toy to check it against [models-missing]"))
  }

  @Test func vendors() throws {
    let toy = try Toy.vendorProfile()
    let copy = try Toy.vendorProfile(
      Toy.profile.replacing("vendor: toy", with: "vendor: copy").replacing(
        "libtoy", with: "libcopy")
    )
    let other = try Toy.vendorProfile(
      Toy.profile.replacing("vendor: toy", with: "vendor: other").replacing(
        "toyGetVersion", with: "otherVersion"))
    func guess(_ soname: String, _ profiles: [VendorProfile]) throws -> String {
      let library = try Toy.library(flags: ["-Wl,-soname,\(soname)"])
      return try VendorGuess.profile(of: library, among: profiles).vendor
    }
    #expect(try guess("libtoy.so.7", [other, copy, toy]) == "toy")
    #expect(try guess("libcopy.so", [other, copy, toy]) == "copy")
    #expect(try guess("librename.so", [other, toy]) == "toy")
    #expect(
      try message { _ = try guess("librename.so", [other, copy, toy]) }.hasSuffix(
        """
        may be of several vendors: copy, toy [library-vendor]
          help: say which with --vendor; there are: copy, toy
        """))
    #expect(
      try message { _ = try guess("libtoy.so.1", [other]) }.contains(
        "exports no function that a profile names [library-vendor]"))
  }
}
