/// A line of a plot: one operation, type and reduction of one document.
struct Series: Sendable {
  var label: String
  /// By size; only what a logarithm has a place for.
  var points: [PlotDocument.Measurement]

  /// The series of all documents. Labels say what differs between them.
  ///
  /// - Throws: `PerfError` if there is nothing to plot.
  static func all(in documents: [PlotDocument]) throws -> [Series] {
    let measurements = documents.flatMap(\.measurements)
    let parts: [(PlotDocument.Measurement) -> String] = [
      \.operation, \.dataType, { $0.reduction ?? "" },
    ].filter { part in Set(measurements.map(part)).count > 1 }
    var series: [Series] = []
    for document in documents {
      var places: [String: Int] = [:]
      for point in document.measurements where point.size > 0 && point.time > 0 {
        let names = parts.map { $0(point) }.filter { !$0.isEmpty }
        let label = ((documents.count > 1 || names.isEmpty ? [document.label] : []) + names)
          .joined(separator: ", ")
        if let place = places[label] {
          series[place].points.append(point)
        } else {
          places[label] = series.count
          series.append(Series(label: label, points: [point]))
        }
      }
    }
    guard !series.isEmpty else { throw PerfError("there is nothing to plot: no sizes above 0") }
    return series.map { series in
      Series(label: series.label, points: series.points.sorted { $0.size < $1.size })
    }
  }

  /// What all documents have in common.
  static func title(of documents: [PlotDocument]) -> String {
    func common(_ part: (PlotDocument.Measurement) -> String?) -> String? {
      let values = Set(documents.flatMap(\.measurements).map(part))
      return values.count == 1 ? values.first ?? nil : nil
    }
    let ranks = Set(documents.map(\.nRanks))
    let parts = [
      common { $0.operation }, common { $0.reduction }, common { $0.dataType },
      ranks.count == 1 ? ranks.first.map { "\($0) ranks" } : nil,
      documents.count == 1 ? documents[0].label : nil,
    ]
    return parts.compactMap(\.self).joined(separator: ", ")
  }
}
