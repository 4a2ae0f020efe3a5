import TestSupport
import Testing

@testable import ReleaseReview

/// Whatever a header says, it stays in its place. The rules that are checked are those by which
/// readers take Markdown apart, not those by which it was put together.
@Suite struct EscapingTests {
  /// Random texts of what means something to some format.
  private static let texts: [String] = {
    var random = SeededGenerator(seed: 11)
    let pieces = [
      "`", "``", "```", "|", "\\", "\\|", "<", ">", "&", "&lt;", "\"", "'", "</code>", "<script>",
      "]", "[", "(", ")", "*", "_", "#", "~", "~~~", "$", "\n", "\r\n", " ", "a", "ö", "\u{202E}",
      "\u{1B}[2J", "\u{85}", "\u{2028}", "{{x}}", "-->", "]]>", "e\u{301}",
    ]
    return (0..<3_000).map { _ in
      (0..<Int.random(in: 0...9, using: &random)).map { _ in
        pieces[Int.random(in: 0..<pieces.count, using: &random)]
      }.joined()
    }
  }()

  @Test("A code span is one code span, and a line")
  func spans() {
    for text in Self.texts {
      let span = Escaping.markdown.code(text)
      #expect(!span.contains { $0.isNewline }, "\(text)")
      // A run of backticks is ended by the first run of the same length.
      let runs = Self.runs(of: "`", in: span)
      #expect(runs.count >= 2 && runs.last?.count == runs.first?.count, "\(text)")
      #expect(runs.dropFirst().dropLast().allSatisfy { $0.count != runs.first?.count }, "\(text)")
      #expect(runs.first?.lowerBound == 0 && runs.last?.upperBound == span.unicodeScalars.count)
    }
  }

  @Test("A cell of a table has no bar of its own")
  func cells() {
    for text in Self.texts {
      let cell = Escaping.markdown.cell(text)
      #expect(!cell.contains { $0.isNewline }, "\(text)")
      var isEscaped = false
      for scalar in cell.unicodeScalars {
        #expect(scalar != "|" || isEscaped, "\(text) → \(cell)")
        isEscaped = scalar == "\\" && !isEscaped
      }
    }
  }

  @Test("Text outside of code has no markup that is not escaped")
  func words() {
    for text in Self.texts where !text.contains("`") {
      var isEscaped = false
      for scalar in Escaping.markdown.text(text).unicodeScalars {
        #expect(!"`*_[]<>#|&~$".unicodeScalars.contains(scalar) || isEscaped, "\(text)")
        isEscaped = scalar == "\\" && !isEscaped
      }
    }
  }

  @Test("A block of code cannot end its fence")
  func fences() {
    for text in Self.texts {
      let fence = Escaping.fence(around: [Escaping.markdown.block(text)])
      #expect(fence.count >= 3)
      #expect(!Escaping.markdown.block(text).contains(fence), "\(text)")
    }
  }

  @Test("HTML has no mark of its own but code")
  func html() {
    for text in Self.texts {
      for escaped in [
        Escaping.html.text(text), Escaping.html.code(text), Escaping.html.block(text),
        Escaping.html.cell(text),
      ] {
        let rest = escaped.replacing("<code>", with: "").replacing("</code>", with: "")
        #expect(!rest.unicodeScalars.contains { "<>\"'".unicodeScalars.contains($0) }, "\(text)")
      }
    }
  }

  @Test("Nothing works unseen, in any format")
  func unseen() {
    for text in Self.texts {
      for escaping in [Escaping.plain, .markdown, .html] {
        for escaped in [escaping.text(text), escaping.code(text), escaping.block(text)] {
          let hasHidden = escaped.unicodeScalars.contains { scalar in
            switch scalar.properties.generalCategory {
            case .control, .format, .lineSeparator, .paragraphSeparator:
              scalar != "\n"
            default: false
            }
          }
          #expect(!hasHidden, "\(text.unicodeScalars.map(\.value))")
        }
      }
    }
  }

  /// The places of the longest runs of a character.
  private static func runs(of scalar: Unicode.Scalar, in text: String) -> [Range<Int>] {
    var runs: [Range<Int>] = []
    for (index, other) in text.unicodeScalars.enumerated() where other == scalar {
      if let last = runs.last, last.upperBound == index {
        runs[runs.count - 1] = last.lowerBound..<(index + 1)
      } else {
        runs.append(index..<(index + 1))
      }
    }
    return runs
  }
}
