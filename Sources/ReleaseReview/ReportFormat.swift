package import HeaderModel
package import Rendering

/// How a report is written.
package enum ReportFormat: String, Sendable, CaseIterable {
  case text, markdown, json, sarif, html
}

extension TemplateLibrary {
  package func render(_ report: Report, as format: ReportFormat) throws(Diagnostic) -> [UInt8] {
    switch format {
    case .json: return report.json()
    case .sarif: return report.sarif()
    case .text: return try render(report, "Report/Text", .plain)
    case .markdown: return try render(report, "Report/Markdown", .markdown)
    case .html: return try render(report, "Report/HTML", .html)
    }
  }

  private func render(
    _ report: Report, _ template: String, _ escaping: Escaping
  ) throws(Diagnostic) -> [UInt8] {
    var context = ReportContext(escaping)
    let value = context.value(report)
    return try render(template, value, in: context.values)
  }
}
