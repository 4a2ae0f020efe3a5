import BindingPlan
import HeaderModel
import Testing

@Suite struct AvailabilityTests {
  private static let releases = [
    Release(1, 0, 0), Release(1, 2, 0), Release(2, 0, 0), Release(3, 0, 0),
  ]

  @Test(
    "Spans between known releases",
    arguments: [
      ([true, true, true, true], "since 1.0.0"), ([false, true, true, true], "since 1.2.0"),
      ([true, true, false, false], "1.0.0 until 2.0.0"),
      ([false, false, false, true], "since 3.0.0"),
      ([true, false, true, false], "1.0.0 until 1.2.0, 2.0.0 until 3.0.0"),
      ([true, false, false, true], "1.0.0 until 1.2.0, since 3.0.0"),
      ([false, false, false, false], ""),
    ])
  func text(_ present: [Bool], _ expected: String) {
    #expect(Availability(releases: Self.releases, present: present).text == expected)
  }

  @Test("The ends of all spans together")
  func ends() {
    let gap = Availability(releases: Self.releases, present: [false, true, false, true])
    #expect(gap.since == Release(1, 2, 0) && gap.until == nil)
    let over = Availability(releases: Self.releases, present: [true, false, true, false])
    #expect(over.since == Release(1, 0, 0) && over.until == Release(3, 0, 0))
    #expect(Availability(releases: [], present: []).since == nil)
  }

  @Test("A function is there in the releases that declare it")
  func functions() throws {
    let names = [["toyOld", "toySend"], ["toySend"], ["toySend", "toyOld", "toyNew"]]
    let headers = zip(["1.0.0", "2.0.0", "3.0.0"], names).map { release, names in
      Toy.header(release, functions: names.map { Toy.function($0) })
    }
    let plan = try Toy.plan(headers.shuffled())
    let texts = Dictionary(
      uniqueKeysWithValues: plan.functions.map { ($0.cName, $0.availability.text) })
    #expect(
      texts == [
        "toyOld": "1.0.0 until 2.0.0, since 3.0.0", "toyNew": "since 3.0.0",
        "toySend": "since 1.0.0",
      ])
  }

  @Test("Two symbols of one name in one release do not stand for another release")
  func twoSymbols() throws {
    // 2.0.0 declares both toySend and what the macro makes of it.
    let old = Toy.header("1.0.0", functions: [Toy.function("toyOther")])
    let new = Toy.header(
      "2.0.0",
      functions: [Toy.function("toySend"), Toy.function("toySend_v2", ["int"])],
      macros: [Macro(name: "toySend", body: "toySend_v2")])
    let plan = try Toy.plan([old, new])
    #expect(plan.functions.first { $0.cName == "toySend" }?.availability.text == "since 2.0.0")
  }
}
