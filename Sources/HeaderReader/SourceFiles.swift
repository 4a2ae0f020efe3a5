internal import CLibclang
internal import Files

/// A file that belongs to the header.
struct SourceFile {
  /// Relative to the main header's directory.
  var name: String
  var bytes: UnsafeBufferPointer<UInt8>
  var scan: SourceScan
  var skipped: [Range<Int>]

  /// Whether the preprocessor left out what stands at `offset`.
  func isSkipped(_ offset: Int) -> Bool { skipped.contains { $0.contains(offset) } }
}

/// Where a declaration stands: in which of the header's own files, and at which byte.
struct SourcePosition {
  var file: Int
  var offset: Int
}

/// Tells the header's own files from all others, once for each file.
///
/// A file is the header's own if it is the main header or lies below the main header's directory,
/// and is neither a stub nor reached as a system header.
struct SourceFiles {
  private let clang: Libclang
  private let unit: CXTranslationUnit
  private let directory: String
  private let stubDirectories: [String]
  private let workingDirectory: String
  private(set) var own: [SourceFile] = []
  /// By libclang's handle; `nil` for a file that is not the header's own.
  private var known: [CXFile: Int?] = [:]
  private var last: (handle: CXFile, index: Int?)?

  init(_ clang: Libclang, _ unit: CXTranslationUnit, _ request: ReadRequest) {
    self.clang = clang
    self.unit = unit
    workingDirectory = Files.workingDirectory ?? "/"
    directory = Self.normalize(Files.parent(of: request.path), in: workingDirectory)
    let base = workingDirectory
    stubDirectories = request.stubDirectories.map { Self.normalize($0, in: base) }
  }

  /// The position of a location in one of the header's own files; `nil` elsewhere.
  ///
  /// For something that a macro expands to, that is where the macro is used.
  mutating func position(of location: CXSourceLocation) -> SourcePosition? {
    // Predefined macros and built-in declarations are in no file.
    guard let (handle, offset) = clang.place(location) else { return nil }
    if let last, last.handle == handle {
      return last.index.map { SourcePosition(file: $0, offset: offset) }
    }
    let index: Int?
    if let found = known[handle] {
      index = found
    } else {
      index = add(handle, location)
      known[handle] = .some(index)
    }
    last = (handle, index)
    return index.map { SourcePosition(file: $0, offset: offset) }
  }

  private mutating func add(_ handle: CXFile, _ location: CXSourceLocation) -> Int? {
    guard !clang.isInSystemHeader(location) else { return nil }
    let path = Self.normalize(clang.name(handle), in: workingDirectory)
    guard let name = Self.name(of: path, below: directory),
      !stubDirectories.contains(where: { Self.name(of: path, below: $0) != nil })
    else { return nil }
    var size = 0
    guard
      let contents = clang.functions.clang_getFileContents.unsafelyUnwrapped(unit, handle, &size)
    else { return nil }
    let bytes = UnsafeRawBufferPointer(start: contents, count: size).bindMemory(to: UInt8.self)
    own.append(
      SourceFile(
        name: name, bytes: bytes, scan: SourceScan(bytes), skipped: skippedRanges(handle)))
    return own.count - 1
  }

  private func skippedRanges(_ handle: CXFile) -> [Range<Int>] {
    let functions = clang.functions
    guard let list = functions.clang_getSkippedRanges.unsafelyUnwrapped(unit, handle) else {
      return []
    }
    defer { functions.clang_disposeSourceRangeList.unsafelyUnwrapped(list) }
    return UnsafeBufferPointer(start: list.pointee.ranges, count: Int(list.pointee.count)).map {
      let start = clang.offset(clang.start($0))
      return start..<max(start, clang.offset(clang.end($0)))
    }
  }

  // MARK: Paths

  /// An absolute path without `.`, `..` and double slashes, worked out on the text alone: files are
  /// compared by how they were reached, as clang does.
  static func normalize(_ path: String, in workingDirectory: String) -> String {
    var parts: [Substring] = []
    for part in Files.join(workingDirectory, path).split(separator: "/") {
      switch part {
      case ".": break
      case "..": _ = parts.popLast()
      default: parts.append(part)
      }
    }
    return "/" + parts.joined(separator: "/")
  }

  /// `b/c` for `/a/b/c` below `/a`; `nil` if it is not below.
  static func name(of path: String, below directory: String) -> String? {
    let prefix = directory == "/" ? "/" : directory + "/"
    guard path.hasPrefix(prefix), path.utf8.count > prefix.utf8.count else { return nil }
    return String(path.utf8.dropFirst(prefix.utf8.count))
  }
}

extension SourceFile {
  /// Counted from one, in bytes.
  func lineAndColumn(_ offset: Int) -> (line: Int, column: Int) {
    var line = 1
    var start = 0
    for position in 0..<min(offset, bytes.count) where bytes[position] == UInt8(ascii: "\n") {
      line += 1
      start = position + 1
    }
    return (line, offset - start + 1)
  }
}
