import Foundation
import HeaderModel
import Mustache
import Rendering
import TestSupport
import Testing

/// Templates and values at random, printed by ours and by swift-mustache, give the same bytes.
@Suite struct OracleTests {
  @Test("As swift-mustache prints it", arguments: 0..<20)
  func agrees(_ group: Int) throws {
    var printed = 0
    for seed in 0..<150 {
      let seed = UInt64(group * 1000 + seed)
      var random = RandomTemplate(seed: seed)
      let (template, value) = random.make()
      let ours = try render(template, value, random.partials)
      let theirs = try oracle(template, value, random.partials)
      printed += ours.count
      if ours != theirs {
        let difference = unifiedDiff(theirs, ours, from: "swift-mustache", to: "ours")
        Issue.record("seed \(seed)\n\(difference)\n\(template)\n\(random.partials)")
      }
    }
    #expect(printed > 1000, "the templates print something")
  }

  private func render(
    _ template: String, _ value: RandomValue, _ partials: [String: String]
  ) throws -> String {
    var context = TemplateContext()
    var library: [String: Template] = [:]
    for (name, text) in partials { library[name] = try Template(text, file: name) }
    let value = value.value(in: &context)
    var renderer = TemplateRenderer(context, partials: library)
    let bytes = try renderer.render(try Template(template, file: "main"), [value])
    return String(decoding: bytes, as: UTF8.self)
  }

  private func oracle(
    _ template: String, _ value: RandomValue, _ partials: [String: String]
  ) throws -> String {
    // Without it text is escaped for HTML; each template says it for itself.
    let pragma = "{{% CONTENT_TYPE:TEXT}}\n"
    var library = MustacheLibrary()
    for (name, text) in partials { try library.register(pragma + text, named: name) }
    try library.register(pragma + template, named: "main")
    return library.render(value.any ?? [:], withTemplate: "main") ?? "nothing"
  }
}
