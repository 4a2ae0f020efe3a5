internal import CollectiveInterface
internal import Synchronization

/// Prints the table as rows come, and keeps the report.
final class Printer: RunListener {
  private let settings: Settings
  private let command: [String]
  private let label: String?
  private let write: @Sendable (String) -> Void
  private let report = Mutex<Report?>(nil)

  init(
    _ settings: Settings, command: [String], label: String?,
    write: @escaping @Sendable (String) -> Void = writeLine
  ) {
    self.settings = settings
    self.command = command
    self.label = label
    self.write = write
  }

  func began(_ library: any CollectiveLibrary, _ devices: [DeviceInfo]) {
    let subject = Report.Subject(
      library, devices, command: command, label: label, date: currentDate(), mode: settings.mode)
    report.withLock { $0 = Report(subject: subject, settings: settings) }
    Table.header(subject, settings).forEach(write)
  }

  func measured(_ row: Row) {
    let isFirst = report.withLock { report in
      defer { report?.rows.append(row) }
      return report?.rows.last?.test.operation != row.test.operation
    }
    if isFirst { Table.columns(row.test.operation).forEach(write) }
    write(Table.row(row))
  }

  func measured(_ overhead: Overhead) {
    report.withLock { $0?.overhead = overhead }
    Table.overhead(overhead).forEach(write)
  }

  /// Prints what stands under the table.
  ///
  /// - Returns: The report; nil where rank 0 is not of this process.
  func finish() -> Report? {
    let report = report.withLock { $0 }
    if let report { Table.footer(report).forEach(write) }
    return report
  }
}
