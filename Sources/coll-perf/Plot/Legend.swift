/// The lines' labels, in as many columns as fit.
struct Legend {
  private let labels: [String]
  private let columns: Int
  private let columnWidth: Double
  private static let rowHeight = 20.0
  private static let sampleWidth = 34.0

  init(_ labels: [String], width: Double) {
    self.labels = labels
    let widest = labels.map { SVG.width(of: $0, size: 12) }.max() ?? 0
    columns = min(max(1, Int(width / (widest + Self.sampleWidth + 16))), max(1, labels.count))
    columnWidth = width / Double(columns)
  }

  private var rows: Int { (labels.count + columns - 1) / columns }

  var height: Double { Double(rows) * Self.rowHeight }

  func draw(into svg: inout SVG, x: Double, y: Double) {
    for (index, label) in labels.enumerated() {
      let left = x + Double(index / rows) * columnWidth
      let middle = y + (Double(index % rows) + 0.5) * Self.rowHeight
      svg.path([(left, middle), (left + 26, middle)], "line \(Palette.name(index))")
      svg.circle((left + 13, middle), radius: 2.5, "dot \(Palette.name(index))")
      svg.text(
        label, x: left + Self.sampleWidth, y: middle + 4, "label",
        fitting: columnWidth - Self.sampleWidth)
    }
  }
}
