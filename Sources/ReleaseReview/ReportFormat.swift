package import HeaderModel
package import Rendering

/// How a report is written.
package enum ReportFormat: String, Sendable, CaseIterable {
  case text, markdown, json, sarif, html
}

extension TemplateLibrary {
  package func render(_ report: Report, as format: ReportFormat) throws(Diagnostic) -> [UInt8] {
    let context = TemplateContext()
    switch format {
    case .json: return report.json()
    case .sarif: return report.sarif()
    case .text:
      return try render(
        "Report/Text", ReportContext(context, .plain).value(report), in: context)
    case .markdown:
      return try render(
        "Report/Markdown", ReportContext(context, .markdown).value(report), in: context)
    case .html:
      return try render(
        "Report/HTML", ReportContext(context, .html).value(report), in: context)
    }
  }
}
