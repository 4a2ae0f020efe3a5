import Foundation
import TestSupport
import Testing

/// The Swift in the articles is the examples': what readers copy has been compiled and run.
@Suite struct ArticleTests {
  static let articles: [String] = {
    let folders = ["Collectives", "CUDARuntime", "CustomAllReduce"].map {
      "Sources/\($0)/\($0).docc"
    }
    return folders.flatMap { folder in
      let names = try? FileManager.default.contentsOfDirectory(atPath: root + folder)
      return (names ?? []).filter { $0.hasSuffix(".md") }.map { "\(folder)/\($0)" }
    }.sorted()
  }()

  private static let root = repositoryRoot() + "/"

  /// The examples' lines, without indentation.
  private static func examples() throws -> [[Substring]] {
    let folders = ["Examples/Collectives", "Examples/CUDARuntime"].map { root + $0 }
    return try folders.flatMap { folder in
      try FileManager.default.subpathsOfDirectory(atPath: folder)
        .filter { $0.hasSuffix(".swift") }
        .map { lines(try String(contentsOfFile: "\(folder)/\($0)", encoding: .utf8)) }
    }
  }

  private static func lines(_ text: String) -> [Substring] {
    text.split(separator: "\n", omittingEmptySubsequences: false)
      .map { $0.drop { $0 == " " } }
  }

  /// The blocks of code in Swift.
  private static func blocks(in text: String) -> [[Substring]] {
    var blocks: [[Substring]] = []
    var current: [Substring]?
    for line in lines(text) {
      if line == "```swift" {
        current = []
      } else if line.hasPrefix("```") {
        if let block = current { blocks.append(block) }
        current = nil
      } else {
        current?.append(line)
      }
    }
    return blocks
  }

  private func expectQuoted(_ blocks: [[Substring]], in article: String) throws {
    let examples = try Self.examples()
    for block in blocks {
      #expect(
        !block.isEmpty && examples.contains { $0.contains(block) },
        "\(article): no example has\n\(block.joined(separator: "\n"))")
    }
  }

  @Test("Every block of Swift is an example's", arguments: articles)
  func quotations(article: String) throws {
    let text = try String(contentsOfFile: Self.root + article, encoding: .utf8)
    try expectQuoted(Self.blocks(in: text), in: article)
  }

  @Test("There are the articles that are promised, and those for beginners quote")
  func presence() throws {
    let names = Set(Self.articles.map { URL(filePath: $0).lastPathComponent })
    let quoting = [
      "FirstAllReduce.md", "SeveralCommunicators.md", "Graphs.md", "ErrorsAndTimeouts.md",
      "CUDARuntime.md", "CustomAllReduce.md", "WhenItIsUsed.md", "Tuning.md",
    ]
    let others = ["Collectives.md", "Launching.md", "OnALaptop.md", "AddingAVendor.md"]
    #expect(names.isSuperset(of: quoting + others))
    for article in Self.articles where quoting.contains(where: { article.hasSuffix("/\($0)") }) {
      let text = try String(contentsOfFile: Self.root + article, encoding: .utf8)
      #expect(!Self.blocks(in: text).isEmpty, "\(article)")
    }
  }

  @Test(
    "The README's programs are examples'", arguments: ["Communicators", "An all-reduce of our own"])
  func readMe(title: String) throws {
    let text = try String(contentsOfFile: Self.root + "README.md", encoding: .utf8)
    let sections = text.components(separatedBy: "\n## \(title)\n")
    let section = try #require(sections.dropFirst().first)
    let block = try #require(Self.blocks(in: section).first)
    try expectQuoted([block], in: "README.md")
  }
}
