/// Axes, and the lines between them.
struct Panel {
  let frame: Rectangle
  let name: String
  let x: Scale
  let y: Scale

  func draw(
    _ series: [Series], _ value: (PlotDocument.Measurement) -> Double, into svg: inout SVG
  ) {
    let bottom = frame.y + frame.height
    svg.text(name, x: frame.x, y: frame.y - 12, "name")
    for tick in y.ticks {
      let place = bottom - y.place(of: tick.value) * frame.height
      svg.line(from: (frame.x, place), to: (frame.x + frame.width, place), "grid")
      svg.text(tick.label, x: frame.x - 8, y: place + 4, "tick end")
    }
    for tick in x.ticks {
      let place = frame.x + x.place(of: tick.value) * frame.width
      svg.line(from: (place, frame.y), to: (place, bottom), "grid")
      svg.text(tick.label, x: place, y: bottom + 18, "tick middle")
    }
    svg.text("size (bytes)", x: frame.x + frame.width / 2, y: bottom + 38, "tick middle")
    for (index, series) in series.enumerated() {
      let points = series.points.map { point in
        (
          frame.x + x.place(of: point.size) * frame.width,
          bottom - y.place(of: value(point)) * frame.height
        )
      }
      svg.path(points, "line \(Palette.name(index))")
      for point in points { svg.circle(point, radius: 2.5, "dot \(Palette.name(index))") }
    }
  }
}
