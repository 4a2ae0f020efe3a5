/// The lines' colours, which people tell apart who see fewer of them, and those of the page; one set
/// for light pages and one for dark.
enum Palette {
  private static let light = [
    "#0072b2", "#d55e00", "#007a5a", "#b0447f", "#806000", "#3f8fc4", "#222222", "#7a4fbf",
    "#a83232", "#5a7a1e", "#666666", "#00777f",
  ]
  private static let dark = [
    "#56b4e9", "#ff9248", "#2fc79b", "#e58fc0", "#e6c229", "#a7d3f2", "#eeeeee", "#b79bf0",
    "#f08080", "#a9cf5c", "#aaaaaa", "#4fd3dc",
  ]
  /// A second sign, for who sees none.
  private static let dashes = ["none", "7 3", "2 3", "9 3 2 3"]

  static var count: Int { light.count }

  static func name(_ index: Int) -> String { "s\(index)" }

  static var style: String {
    """
    text { font-family: system-ui, sans-serif; font-size: 12px; fill: #333333; }
    .title { font-size: 15px; font-weight: 600; }
    .name { font-size: 13px; font-weight: 600; }
    .end { text-anchor: end; }
    .middle { text-anchor: middle; }
    .page { fill: #ffffff; }
    .grid { stroke: #dddddd; stroke-width: 1; }
    .line { fill: none; stroke-width: 2; stroke-linejoin: round; }
    \(rules(light))
    \(light.indices.map { ".line.\(name($0)) { stroke-dasharray: \(dashes[$0 % dashes.count]); }" }
      .joined(separator: "\n"))
    @media (prefers-color-scheme: dark) {
    text { fill: #dddddd; }
    .page { fill: #16181c; }
    .grid { stroke: #3a3d44; }
    \(rules(dark))
    }
    """
  }

  private static func rules(_ colours: [String]) -> String {
    colours.enumerated().map { index, colour in
      ".line.\(name(index)) { stroke: \(colour); } .dot.\(name(index)) { fill: \(colour); }"
    }.joined(separator: "\n")
  }
}
