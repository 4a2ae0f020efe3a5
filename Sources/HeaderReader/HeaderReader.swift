internal import CLibclang
internal import Files
internal import HeaderModel

/// Reads C headers into models.
package struct HeaderReader {
  private let clang: Libclang

  package init(_ libclang: Libclang) { clang = libclang }

  /// Reads one header. The header must parse without an error.
  package func read(_ request: ReadRequest) throws(ReadError) -> ReadResult {
    try InputCheck.check(request)
    guard let index = clang.functions.clang_createIndex.unsafelyUnwrapped(0, 0) else {
      throw ReadError(request, "libclang could not be initialized", rule: "libclang")
    }
    defer { clang.functions.clang_disposeIndex.unsafelyUnwrapped(index) }
    let unit = try parse(request, index)
    defer { clang.functions.clang_disposeTranslationUnit.unsafelyUnwrapped(unit) }
    let diagnostics = ClangDiagnostics(clang, unit, request)
    try diagnostics.throwErrors()
    let reader = TreeReader(clang, unit, request)
    reader.read()
    guard !reader.header.isEmpty else {
      throw ReadError(
        request, "the header declares nothing", rule: "empty-header",
        help: "declarations may depend on a define (--define NAME), or be in files that the header "
          + "includes from elsewhere; name the file that declares them")
    }
    return ReadResult(
      header: reader.header, diagnostics: diagnostics.warnings() + reader.diagnostics)
  }

  private func parse(
    _ request: ReadRequest, _ index: CXIndex
  ) throws(ReadError) -> CXTranslationUnit {
    var unit: CXTranslationUnit?
    var files = BuiltinHeaders.files.map { name, text in
      CXUnsavedFile(
        Filename: UnsafeRawPointer(name.utf8Start).assumingMemoryBound(to: CChar.self),
        Contents: UnsafeRawPointer(text.utf8Start).assumingMemoryBound(to: CChar.self),
        Length: UInt(text.utf8CodeUnitCount))
    }
    let code = CStrings.with(arguments(for: request)) { arguments in
      clang.functions.clang_parseTranslationUnit2.unsafelyUnwrapped(
        index, request.path, arguments.baseAddress, Int32(arguments.count), &files,
        UInt32(files.count),
        UInt32(
          CXTranslationUnit_DetailedPreprocessingRecord | CXTranslationUnit_SkipFunctionBodies),
        &unit)
    }
    guard Int(code) == CXError_Success, let unit else {
      throw ReadError(
        request,
        Int(code) == CXError_Crashed
          ? "libclang crashed while reading the header"
          : "libclang could not read the header (code \(code))",
        rule: "libclang", help: "try another libclang with --libclang PATH")
    }
    return unit
  }

  private func arguments(for request: ReadRequest) -> [String] {
    var arguments = [
      "-x", "c", "-std=gnu11", "-target", request.target,
      // The header is its own main file here.
      "-Wno-pragma-once-outside-header",
      // Every error is wanted up to a bound of our own, wherever clang would stop.
      "-ferror-limit=0",
      "-nostdinc",
    ]
    for directory in request.stubDirectories + request.includeDirectories {
      arguments += ["-I", directory]
    }
    arguments += ["-isystem", BuiltinHeaders.directory]
    let machine = request.target.split(separator: "-").first.map(String.init) ?? ""
    for directory in [
      "/usr/local/include", "/usr/include/\(machine)-linux-gnu", "/usr/include",
    ] {
      arguments += ["-isystem", directory]
    }
    return arguments + request.defines.map { "-D\($0)" }
  }
}

extension ReadError {
  init(_ request: ReadRequest, _ message: String, rule: String, help: String? = nil) {
    self.init(diagnostics: [
      Diagnostic(.error, file: request.path, message, rule: rule, help: help)
    ])
  }
}

extension Header {
  fileprivate var isEmpty: Bool {
    functions.isEmpty && records.isEmpty && enumerations.isEmpty && typedefs.isEmpty
      && variables.isEmpty && macros.isEmpty
  }
}
