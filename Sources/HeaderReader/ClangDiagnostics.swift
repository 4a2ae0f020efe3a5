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
    throw ReadError(diagnostics: ClangHelp.add(to: errors.shown) + rest(errors, "errors"))
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
    for index in 0..<count {
      guard
        let diagnostic = clang.functions.clang_getDiagnostic.unsafelyUnwrapped(unit, index)
      else { continue }
      defer { clang.functions.clang_disposeDiagnostic.unsafelyUnwrapped(diagnostic) }
      let severity = Int(clang.functions.clang_getDiagnosticSeverity.unsafelyUnwrapped(diagnostic))
      guard severity >= least else { continue }
      total += 1
      guard shown.count < Self.shownLimit else { continue }
      shown.append(read(diagnostic, isError: severity >= CXDiagnostic_Error))
    }
    return (shown, total)
  }

  private func read(_ diagnostic: CXDiagnostic, isError: Bool) -> Diagnostic {
    let functions = clang.functions
    let location = functions.clang_getDiagnosticLocation.unsafelyUnwrapped(diagnostic)
    var file: CXFile?
    var line: UInt32 = 0
    var column: UInt32 = 0
    functions.clang_getExpansionLocation.unsafelyUnwrapped(location, &file, &line, &column, nil)
    return Diagnostic(
      isError ? .error : .warning, file: file.map { clang.name($0) } ?? request.path,
      line: file == nil ? nil : Int(line), column: file == nil ? nil : Int(column),
      clang.text(functions.clang_getDiagnosticSpelling.unsafelyUnwrapped(diagnostic)),
      rule: isError ? "clang-error" : "clang-warning")
  }
}
