/// The differences of two texts as `diff -u` shows them, with three lines around each; empty where
/// there are none.
package func unifiedDiff(
  _ old: String, _ new: String, from oldName: String, to newName: String
) -> String {
  let differences = LineDifferences(lines(old), lines(new))
  guard !differences.hunks.isEmpty else { return "" }
  return (["--- \(oldName)", "+++ \(newName)"] + differences.hunks.flatMap(\.text))
    .joined(separator: "\n")
}

/// A last line without a line break is shown as such, or else it would look equal.
private func lines(_ text: String) -> [String] {
  // By bytes: a carriage return before a line break is a difference to be seen.
  var lines = text.utf8.split(separator: UInt8(ascii: "\n"), omittingEmptySubsequences: false)
    .map { String(decoding: $0, as: UTF8.self) }
  if lines.last == "" {
    lines.removeLast()
  } else if let last = lines.popLast() {
    lines.append("\(last)\n\\ No newline at end of file")
  }
  return lines
}

private struct LineDifferences {
  struct Hunk {
    var oldStart: Int
    var newStart: Int
    var oldCount = 0
    var newCount = 0
    var lines: [String] = []

    /// A range is written with the line before it where it is empty.
    var text: [String] {
      func range(_ start: Int, _ count: Int) -> String {
        count == 1 ? "\(start + 1)" : "\(count == 0 ? start : start + 1),\(count)"
      }
      return ["@@ -\(range(oldStart, oldCount)) +\(range(newStart, newCount)) @@"] + lines
    }
  }

  private static let context = 3
  private(set) var hunks: [Hunk] = []

  init(_ old: [String], _ new: [String]) {
    let changes = Self.changes(old, new)
    var index = 0
    while index < changes.count {
      // Changes whose contexts touch are one hunk.
      var end = index + 1
      while end < changes.count,
        changes[end].old.lowerBound - changes[end - 1].old.upperBound <= 2 * Self.context
      { end += 1 }
      add(changes[index..<end], old, new)
      index = end
    }
  }

  private typealias Change = (old: Range<Int>, new: Range<Int>)

  /// The ranges that differ, each with what stands there now.
  private static func changes(_ old: [String], _ new: [String]) -> [Change] {
    let difference = new.difference(from: old)
    var isRemoved = Array(repeating: false, count: old.count)
    var isInserted = Array(repeating: false, count: new.count)
    for change in difference {
      switch change {
      case .remove(let offset, _, _): isRemoved[offset] = true
      case .insert(let offset, _, _): isInserted[offset] = true
      }
    }
    var changes: [Change] = []
    var (i, j) = (0, 0)
    while i < old.count || j < new.count {
      let (iStart, jStart) = (i, j)
      while i < old.count, isRemoved[i] { i += 1 }
      while j < new.count, isInserted[j] { j += 1 }
      if (i, j) != (iStart, jStart) {
        changes.append((iStart..<i, jStart..<j))
      } else {
        i += 1
        j += 1
      }
    }
    return changes
  }

  private mutating func add(_ changes: ArraySlice<Change>, _ old: [String], _ new: [String]) {
    guard let first = changes.first, let last = changes.last else { return }
    let lead = min(Self.context, first.old.lowerBound)
    var hunk = Hunk(oldStart: first.old.lowerBound - lead, newStart: first.new.lowerBound - lead)
    var position = hunk.oldStart
    func keep(upTo end: Int) {
      hunk.lines += old[position..<end].map { " \($0)" }
      hunk.oldCount += end - position
      hunk.newCount += end - position
    }
    for change in changes {
      keep(upTo: change.old.lowerBound)
      hunk.lines += old[change.old].map { "-\($0)" } + new[change.new].map { "+\($0)" }
      hunk.oldCount += change.old.count
      hunk.newCount += change.new.count
      position = change.old.upperBound
    }
    keep(upTo: min(old.count, last.old.upperBound + Self.context))
    hunks.append(hunk)
  }
}
