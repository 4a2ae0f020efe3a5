package import BindingPlan
package import HeaderDiff
package import HeaderModel
package import Rendering

/// All of a vendor's releases, each compared with the one before.
package struct ReleaseSeries: Sendable {
  package let vendor: String
  package let displayName: String
  package let reports: [Report]
  package let history: History

  /// `headers` ascend.
  package init(_ profile: VendorProfile, _ headers: [Header], waivers: [Waiver] = []) {
    vendor = profile.vendor
    displayName = profile.displayName
    let diffs = HeaderDiff.neighbours(headers, conventions: VendorConventions(profile))
    var reports: [Report] = []
    // The module after one release is that before the next.
    var before = Self.interface(profile, Array(headers.prefix(1)))
    for (index, diff) in diffs.enumerated() {
      let after = Self.interface(profile, Array(headers.prefix(index + 2)))
      reports.append(
        Report(diff, profile: profile, before: before, after: after, waivers: waivers))
      before = after
    }
    self.reports = reports
    history = History(headers, diffs: diffs)
  }

  private static func interface(_ profile: VendorProfile, _ headers: [Header]) -> ModuleState {
    Result { () throws(PlanError) in try Report.interface(profile, headers) }
  }
}

extension TemplateLibrary {
  /// The pages of a vendor's releases, as paths under the output directory and contents.
  package func render(
    _ series: ReleaseSeries
  ) throws(Diagnostic) -> [(path: String, bytes: [UInt8])] {
    guard !series.reports.isEmpty else { return [] }
    let directory = "Diffs/\(series.vendor)"
    var files: [(path: String, bytes: [UInt8])] = []
    for report in series.reports {
      files.append(("\(directory)/\(report.fileName)", try render(report, as: .markdown)))
    }
    var context = SeriesContext()
    let value = context.value(series)
    files.append(
      ("\(directory)/README.md", try render("Report/Releases", value, in: context.values)))
    files.append(
      ("\(directory)/symbols.md", try render("Report/Symbols", value, in: context.values)))
    return files
  }
}

extension Report {
  /// Among its vendor's.
  var fileName: String { "\(old.identifier)-\(new.identifier).md" }
}
