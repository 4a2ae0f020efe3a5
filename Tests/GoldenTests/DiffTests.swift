import Foundation
import TestSupport
import Testing

@Suite struct DiffTests {
  private func diff(_ old: String, _ new: String) -> String {
    unifiedDiff(old, new, from: "old", to: "new")
  }

  @Test("Equal texts have no difference")
  func equal() {
    #expect(diff("a\nb\n", "a\nb\n").isEmpty)
    #expect(diff("", "").isEmpty)
  }

  @Test("A line break at the end that is missing is shown")
  func lastLine() {
    #expect(
      diff("a\nb\n", "a\nb") == """
        --- old
        +++ new
        @@ -1,2 +1,2 @@
         a
        -b
        +b
        \\ No newline at end of file
        """)
  }

  @Test("Changes far from each other are hunks of their own")
  func hunks() {
    let old = (1...30).map { "\($0)\n" }
    var new = old
    new[4] = "five\n"
    new.remove(at: 20)
    #expect(
      diff(old.joined(), new.joined()) == """
        --- old
        +++ new
        @@ -2,7 +2,7 @@
         2
         3
         4
        -5
        +five
         6
         7
         8
        @@ -18,7 +18,6 @@
         18
         19
         20
        -21
         22
         23
         24
        """)
  }

  /// The diff of every pair of small texts, applied by `patch`, turns one into the other.
  @Test("patch accepts the differences")
  func patches() throws {
    var random = SeededGenerator(seed: 7)
    for _ in 0..<25 {
      let old = (0..<Int.random(in: 0...40, using: &random)).map { _ in
        "\(Int.random(in: 0...3, using: &random))\n"
      }
      var new = old
      for _ in 0..<Int.random(in: 1...6, using: &random) {
        let place = Int.random(in: 0...new.count, using: &random)
        if Bool.random(using: &random), place < new.count {
          new.remove(at: place)
        } else {
          new.insert("new\n", at: place)
        }
      }
      let directory = try TemporaryDirectory()
      let file = try directory.write(old.joined(), to: "text")
      let difference = diff(old.joined(), new.joined())
      guard !difference.isEmpty else { continue }
      let patch = try directory.write(difference + "\n", to: "patch")
      try runTool("patch", ["--silent", file, patch])
      // An empty file is removed by some releases of patch.
      let result = (try? String(contentsOfFile: file, encoding: .utf8)) ?? ""
      #expect(result == new.joined(), "\(difference)")
    }
  }
}
