/// Writes a picture. Places are in pixels, from the upper left corner.
struct SVG {
  private var lines: [String]

  init(width: Double, height: Double, style: String) {
    let (width, height) = (Self.number(width), Self.number(height))
    lines = [
      "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 \(width) \(height)\" "
        + "width=\"\(width)\" height=\"\(height)\" role=\"img\">",
      "<style>", style, "</style>",
      "<rect class=\"page\" width=\"\(width)\" height=\"\(height)\"/>",
    ]
  }

  var document: String { (lines + ["</svg>"]).joined(separator: "\n") + "\n" }

  mutating func line(
    from start: (Double, Double), to end: (Double, Double), _ style: String
  ) {
    lines.append(
      "<line class=\"\(style)\" x1=\"\(Self.number(start.0))\" y1=\"\(Self.number(start.1))\" "
        + "x2=\"\(Self.number(end.0))\" y2=\"\(Self.number(end.1))\"/>")
  }

  mutating func path(_ points: [(Double, Double)], _ style: String) {
    let places = points.map { "\(Self.number($0.0)),\(Self.number($0.1))" }
    lines.append("<polyline class=\"\(style)\" points=\"\(places.joined(separator: " "))\"/>")
  }

  mutating func circle(_ centre: (Double, Double), radius: Double, _ style: String) {
    lines.append(
      "<circle class=\"\(style)\" cx=\"\(Self.number(centre.0))\" cy=\"\(Self.number(centre.1))\" "
        + "r=\"\(Self.number(radius))\"/>")
  }

  /// - Parameter width: A text that would be wider is set narrower, so that nothing is cut off.
  mutating func text(
    _ text: String, x: Double, y: Double, _ style: String, fitting width: Double? = nil
  ) {
    let size = style == "title" ? 15.0 : 12.0
    var fit = ""
    if let width, Self.width(of: text, size: size) > width {
      fit = " textLength=\"\(Self.number(width))\" lengthAdjust=\"spacingAndGlyphs\""
    }
    lines.append(
      "<text class=\"\(style)\" x=\"\(Self.number(x))\" y=\"\(Self.number(y))\"\(fit)>"
        + "\(Self.escaped(text))</text>")
  }

  /// At most about so wide: fonts differ, and a picture cannot ask.
  static func width(of text: String, size: Double) -> Double { Double(text.count) * size * 0.6 }

  private static func number(_ value: Double) -> String {
    let text = value.fixed(1)
    return text.hasSuffix(".0") ? String(text.dropLast(2)) : text
  }

  private static func escaped(_ text: String) -> String {
    text.reduce(into: "") { result, character in
      switch character {
      case "&": result += "&amp;"
      case "<": result += "&lt;"
      case ">": result += "&gt;"
      case "\"": result += "&quot;"
      default: result.append(character)
      }
    }
  }
}
