import BindingPlan
import HeaderDiff
import HeaderModel
import ReleaseReview
import TestSupport
import Testing
import Workspace

/// What a diff says has changed is what a plain script finds in the headers themselves.
@Suite(.needsNCCLHeaders, .needsCorpus([IndependentScript.package]))
struct HeaderChangesTests {
  private static func diff(_ old: Header, _ new: Header) throws -> HeaderDiff {
    let profile = try Corpus.project.profile("nccl")
    return HeaderDiff(old, new, conventions: VendorConventions(profile))
  }

  @Test("All neighbouring releases of NCCL")
  func neighbours() throws {
    let models = Corpus.models(of: "nccl")
    let found = try IndependentScript.changes(ofNCCL: models.map(\.identifier))
    let pairs = Array(zip(models, models.dropFirst()))
    #expect(pairs.count >= 31)
    try #require(found.count == pairs.count)
    for ((old, new), script) in zip(pairs, found) {
      let ours = SymbolChanges(try Self.diff(old, new))
      #expect(
        ours.differences(from: script) == [], "from \(old.identifier) to \(new.identifier)")
    }
  }

  /// A model that lost or changed one thing is noticed, and that thing alone.
  @Test(
    "A wrong model",
    arguments: [
      Mistake("function ncclSend: removed for us only") { model in
        model.functions.removeAll { $0.name == "ncclSend" }
      },
      Mistake("function ncclSetEncryption: added for the script only") { model in
        model.functions.removeAll { $0.name == "ncclSetEncryption" }
      },
      Mistake("function ncclRecv: changed for us only") { model in
        model.edit(\.functions, "ncclRecv", \.name) { $0.parameters[1].type = .scalar(.int) }
      },
      Mistake("function pncclRecv: changed for us only") { model in
        model.edit(\.functions, "pncclRecv", \.name) { $0.attributes = ["deprecated"] }
      },
      Mistake("enumerator ncclTimeout: changed for us only") { model in
        model.edit(\.enumerations, "ncclResult_t", \.name) { $0.enumerators[8].value = 80 }
      },
      Mistake("field ncclConfig_t.magic: changed for us only") { model in
        model.edit(\.records, "ncclConfig_v23100", \.name) {
          $0.layout?.fields[1].bitOffset = 96
        }
      },
      Mistake("field ncclConfigExt_t::val.raw: removed for us only") { model in
        model.edit(\.records, "ncclConfigExt::val", \.name) { $0.layout?.fields.removeLast() }
      },
      Mistake("macro NCCL_WIN_GIN_ONLY: added for the script only") { model in
        model.macros.removeAll { $0.name == "NCCL_WIN_GIN_ONLY" }
      },
      Mistake("macro NCCL_COMM_NULL: changed for us only") { model in
        model.edit(\.macros, "NCCL_COMM_NULL", \.name) { $0.body = "0" }
      },
    ])
  func wrongModel(mistake: Mistake) throws {
    let old = try Corpus.project.model(named: "nccl@2.31.2")
    var new = try Corpus.project.model(named: "nccl@2.32.3")
    let script = try #require(
      try IndependentScript.changes(ofNCCL: [old.identifier, new.identifier]).first)
    #expect(SymbolChanges(try Self.diff(old, new)).differences(from: script) == [])
    mistake.make(&new)
    #expect(
      SymbolChanges(try Self.diff(old, new)).differences(from: script) == [mistake.difference])
  }
}

/// Something wrong to do to a model, and the difference that has to come of it.
struct Mistake: Sendable, CustomTestStringConvertible {
  let difference: String
  let make: @Sendable (inout Header) -> Void

  init(_ difference: String, _ make: @escaping @Sendable (inout Header) -> Void) {
    self.difference = difference
    self.make = make
  }

  var testDescription: String { difference }
}

extension Header {
  fileprivate mutating func edit<Item>(
    _ list: WritableKeyPath<Header, [Item]>, _ name: String, _ key: KeyPath<Item, String>,
    _ change: (inout Item) -> Void
  ) {
    for index in self[keyPath: list].indices
    where self[keyPath: list][index][keyPath: key] == name {
      change(&self[keyPath: list][index])
    }
  }
}
