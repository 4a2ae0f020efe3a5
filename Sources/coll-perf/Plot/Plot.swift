/// Two panels, time and bus bandwidth by size, and a legend, as SVG for light and dark pages.
struct Plot {
  private let series: [Series]
  private let title: String

  private static let margin = 24.0
  private static let panel = Rectangle(x: 0, y: 0, width: 400, height: 300)
  private static let axisWidth = 60.0
  private static let width = 2 * (axisWidth + panel.width) + 3 * margin

  /// - Parameter title: nil: what the documents have in common.
  /// - Throws: `PerfError` if there is nothing to plot, or more than can be told apart.
  init(_ documents: [PlotDocument], title: String? = nil) throws {
    series = try Series.all(in: documents)
    self.title = title ?? Series.title(of: documents)
    guard series.count <= Palette.count else {
      throw PerfError(
        "\(series.count) lines are too many to tell apart: plot \(Palette.count) or fewer, "
          + "of fewer operations, types or files")
    }
  }

  func svg() -> String {
    let top = title.isEmpty ? 44.0 : 68.0
    let sizes = Scale.sizes(series.flatMap(\.points).map(\.size))
    let legend = Legend(series.map(\.label), width: Self.width - 2 * Self.margin)
    let height = top + Self.panel.height + 56 + legend.height + 12
    var svg = SVG(width: Self.width, height: height, style: Palette.style)
    if !title.isEmpty {
      svg.text(title, x: Self.margin, y: 32, "title", fitting: Self.width - 2 * Self.margin)
    }
    let panels: [(String, Scale, (PlotDocument.Measurement) -> Double)] = [
      ("time", .times(series.flatMap(\.points).map(\.time)), \.time),
      (
        "bus bandwidth (GB/s)", .bandwidths(series.flatMap(\.points).map(\.busBandwidth)),
        \.busBandwidth
      ),
    ]
    for (index, (name, scale, value)) in panels.enumerated() {
      var frame = Self.panel
      frame.x =
        Self.margin + Self.axisWidth + Double(index) * (frame.width + Self.axisWidth + Self.margin)
      frame.y = top
      Panel(frame: frame, name: name, x: sizes, y: scale).draw(series, value, into: &svg)
    }
    legend.draw(into: &svg, x: Self.margin, y: top + Self.panel.height + 56)
    return svg.document
  }
}

/// A part of a picture.
struct Rectangle {
  var x: Double
  var y: Double
  let width: Double
  let height: Double
}
