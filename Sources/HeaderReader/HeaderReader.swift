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
    defer {
      if request.freesTree { clang.functions.clang_disposeIndex.unsafelyUnwrapped(index) }
    }
    let unit = try parse(request, index)
    defer {
      if request.freesTree { clang.functions.clang_disposeTranslationUnit.unsafelyUnwrapped(unit) }
    }
    let diagnostics = ClangDiagnostics(clang, unit, request)
    try diagnostics.throwErrors()
    let reader = TreeReader(clang, unit, request)
    reader.read()
    let errors = reader.diagnostics.filter { $0.severity == .error }
    guard errors.isEmpty else { throw ReadError(diagnostics: errors) }
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
        index, Self.safePath(request.path), arguments.baseAddress, Int32(arguments.count), &files,
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
      // Errors are counted up to a number that no one reads, rather than up to clang's twenty.
      "-ferror-limit=1000",
      "-nostdinc",
    ]
    // A header that is installed in a directory of its own may include its neighbours by <...>, and
    // counts on its users to name the directory.
    let beside = Files.parent(of: Self.safePath(request.path))
    for directory in request.stubDirectories + request.includeDirectories
      + [beside.isEmpty ? "." : beside]
    {
      arguments += ["-I", directory]
    }
    for directory in [BuiltinHeaders.directory] + SystemDirectories.directories(request.target) {
      arguments += ["-isystem", directory]
    }
    return arguments + request.defines.map { "-D\($0)" }
  }

  /// clang takes what starts with a dash for an option.
  static func safePath(_ path: String) -> String { path.hasPrefix("-") ? "./" + path : path }
}

/// Where the headers of the C library are.
enum SystemDirectories {
  static let all = ["/usr/local/include", "/usr/include"]

  static func directories(_ target: String) -> [String] {
    let machine = target.split(separator: "-").first.map(String.init) ?? ""
    // Debian keeps what depends on the machine apart, and a cross compiler's headers as well.
    return [
      "/usr/local/include", "/usr/include/\(machine)-linux-gnu",
      "/usr/\(machine)-linux-gnu/include",
      "/usr/include",
    ]
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
