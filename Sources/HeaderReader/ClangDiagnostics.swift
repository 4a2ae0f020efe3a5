internal import CLibclang
internal import HeaderModel

/// Takes libclang's diagnostics over.
struct ClangDiagnostics {
  /// More than these are counted, not shown.
  private static let shownLimit = 20

  private let clang: Libclang
  private let unit: CXTranslationUnit
  private let request: ReadRequest
  private let count: UInt32

  init(_ clang: Libclang, _ unit: CXTranslationUnit, _ request: ReadRequest) {
    self.clang = clang
    self.unit = unit
    self.request = request
    count = clang.functions.clang_getNumDiagnostics.unsafelyUnwrapped(unit)
  }

  /// Refuses a header with errors: what clang makes of it then has silently lost parts.
  func throwErrors() throws(ReadError) {
    let errors = collect(atLeast: CXDiagnostic_Error)
    guard errors.total > 0 else { return }
    throw ReadError(diagnostics: errors.shown + rest(errors, "errors"))
  }

  func warnings() -> [Diagnostic] {
    let warnings = collect(atLeast: CXDiagnostic_Warning)
    return warnings.shown + rest(warnings, "warnings")
  }

  private func rest(_ found: (shown: [Diagnostic], total: Int), _ what: String) -> [Diagnostic] {
    guard found.total > found.shown.count else { return [] }
    return [
      Diagnostic(
        .note, file: request.path, "and \(found.total - found.shown.count) more \(what)",
        rule: what == "errors" ? "clang-error" : "clang-warning")
    ]
  }

  private func collect(atLeast least: Int) -> (shown: [Diagnostic], total: Int) {
    var shown: [Diagnostic] = []
    var total = 0
    var help = ClangHelp()
    for index in 0..<count {
      guard
        let diagnostic = clang.functions.clang_getDiagnostic.unsafelyUnwrapped(unit, index)
      else { continue }
      defer { clang.functions.clang_disposeDiagnostic.unsafelyUnwrapped(diagnostic) }
      let severity = Int(clang.functions.clang_getDiagnosticSeverity.unsafelyUnwrapped(diagnostic))
      guard severity >= least else { continue }
      total += 1
      guard shown.count < Self.shownLimit else { continue }
      shown.append(read(diagnostic, isError: severity >= CXDiagnostic_Error, &help))
    }
    return (shown, total)
  }

  private func read(
    _ diagnostic: CXDiagnostic, isError: Bool, _ help: inout ClangHelp
  ) -> Diagnostic {
    let functions = clang.functions
    let location = functions.clang_getDiagnosticLocation.unsafelyUnwrapped(diagnostic)
    var file: CXFile?
    var line: UInt32 = 0
    var column: UInt32 = 0
    var offset: UInt32 = 0
    functions.clang_getExpansionLocation.unsafelyUnwrapped(
      location, &file, &line, &column, &offset)
    let message = clang.text(functions.clang_getDiagnosticSpelling.unsafelyUnwrapped(diagnostic))
    return Diagnostic(
      isError ? .error : .warning, file: file.map { clang.name($0) } ?? request.path,
      line: file == nil ? nil : Int(line), column: file == nil ? nil : Int(column), message,
      rule: isError ? "clang-error" : "clang-warning",
      help: isError ? help.help(for: message, on: file.map { text($0, Int(offset)) } ?? "") : nil)
  }

  /// The line of a file that an offset is on, as far as it is worth looking at.
  private func text(_ file: CXFile, _ offset: Int) -> String {
    var size = 0
    guard let contents = clang.functions.clang_getFileContents.unsafelyUnwrapped(unit, file, &size)
    else { return "" }
    let bytes = UnsafeRawBufferPointer(start: contents, count: size)
    guard offset <= size else { return "" }
    let newline = UInt8(ascii: "\n")
    let start = bytes[..<offset].suffix(200).lastIndex(of: newline).map { $0 + 1 }
    let end = bytes[offset...].prefix(200).firstIndex(of: newline)
    return String(
      decoding: bytes[(start ?? max(0, offset - 200))..<(end ?? min(size, offset + 200))],
      as: UTF8.self)
  }
}
