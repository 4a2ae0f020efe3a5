internal import CLibclang
internal import Files

/// A file that belongs to the header.
final class SourceFile {
  /// Relative to the main header's directory.
  let name: String
  /// As the user would name it.
  let path: String
  let bytes: UnsafeBufferPointer<UInt8>
  let scan: SourceScan
  private let skipped: [Range<Int>]

  init(
    name: String, path: String, bytes: UnsafeBufferPointer<UInt8>, skipped: [Range<Int>]
  ) {
    self.name = name
    self.path = path
    self.bytes = bytes
    self.scan = SourceScan(bytes)
    self.skipped = skipped
  }

  /// Whether the preprocessor left out what stands at `offset`.
  func isSkipped(_ offset: Int) -> Bool {
    var low = 0
    var high = skipped.count
    while low < high {
      let middle = (low + high) / 2
      if skipped[middle].upperBound <= offset { low = middle + 1 } else { high = middle }
    }
    return low < skipped.count && skipped[low].contains(offset)
  }

  /// Where counting lines has come to: messages come in the order of the file.
  private var counted = (offset: 0, line: 1, start: 0)

  /// Counted from one, in bytes.
  func lineAndColumn(_ offset: Int) -> (line: Int, column: Int) {
    if offset < counted.offset { counted = (0, 1, 0) }
    let end = min(offset, bytes.count)
    for position in counted.offset..<max(end, counted.offset)
    where bytes[position] == UInt8(ascii: "\n") {
      counted.line += 1
      counted.start = position + 1
    }
    counted.offset = max(end, counted.offset)
    return (counted.line, offset - counted.start + 1)
  }
}

/// Where a declaration stands: in which of the header's own files, and at which byte.
struct SourcePosition {
  var file: Int
  var offset: Int
}

/// Tells the header's own files from all others, once for each file.
///
/// A file is the header's own if it is the main header or lies below the main header's directory,
/// and is neither a stub nor reached through the system's directories.
struct SourceFiles {
  private let clang: Libclang
  private let unit: CXTranslationUnit
  private let workingDirectory: String
  private let directory: String
  private let stubDirectories: [String]
  /// The main header comes first.
  private(set) var own: [SourceFile] = []
  /// By libclang's handle; `nil` for a file that is not the header's own.
  private var known: [CXFile: Int?] = [:]
  private var last: (handle: CXFile, index: Int?)?

  init(_ clang: Libclang, _ unit: CXTranslationUnit, _ request: ReadRequest) {
    let base = Files.workingDirectory ?? "/"
    self.clang = clang
    self.unit = unit
    workingDirectory = base
    directory = Self.normalize(Files.parent(of: request.path), in: base)
    stubDirectories = request.stubDirectories.map { Self.normalize($0, in: base) }
    // The main header counts even if everything comes from files that it includes.
    let path = HeaderReader.safePath(request.path)
    if let main = clang.functions.clang_getFile.unsafelyUnwrapped(unit, path) {
      known[main] = .some(add(main, name: Files.name(of: request.path), path: request.path))
    }
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
      index = classify(handle, location)
      known[handle] = .some(index)
    }
    last = (handle, index)
    return index.map { SourcePosition(file: $0, offset: offset) }
  }

  private mutating func classify(_ handle: CXFile, _ location: CXSourceLocation) -> Int? {
    let path = clang.name(handle)
    let absolute = Self.normalize(path, in: workingDirectory)
    guard let name = Self.name(of: absolute, below: directory),
      !stubDirectories.contains(where: { Self.name(of: absolute, below: $0) != nil })
    else { return nil }
    // A header in the system's own directory has all of the system below it. A pragma alone makes
    // a file no part of the system.
    if clang.isInSystemHeader(location),
      SystemDirectories.all.contains(where: { Self.name(of: absolute, below: $0) != nil })
    {
      return nil
    }
    // libclang may have several handles for a file that is reached by several names.
    return own.firstIndex { $0.name == name } ?? add(handle, name: name, path: path)
  }

  private mutating func add(_ handle: CXFile, name: String, path: String) -> Int? {
    var size = 0
    guard
      let contents = clang.functions.clang_getFileContents.unsafelyUnwrapped(unit, handle, &size)
    else { return nil }
    let bytes = UnsafeRawBufferPointer(start: contents, count: size).bindMemory(to: UInt8.self)
    own.append(
      SourceFile(name: name, path: path, bytes: bytes, skipped: skippedRanges(handle)))
    return own.count - 1
  }

  private func skippedRanges(_ handle: CXFile) -> [Range<Int>] {
    let functions = clang.functions
    guard let list = functions.clang_getSkippedRanges.unsafelyUnwrapped(unit, handle) else {
      return []
    }
    defer { functions.clang_disposeSourceRangeList.unsafelyUnwrapped(list) }
    return UnsafeBufferPointer(
      start: list.pointee.ranges?.assumingMemoryBound(to: CXSourceRange.self),
      count: Int(list.pointee.count)
    ).map {
      let start = clang.offset(clang.start($0))
      return start..<max(start, clang.offset(clang.end($0)))
    }.sorted { $0.lowerBound < $1.lowerBound }
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
