internal import Files
internal import Glibc
internal import HeaderModel

/// Looks at a header before clang does, so that what is no C text gets an error that says so.
///
/// The file goes through a small buffer: clang reads it again, and holding a megabyte twice costs
/// more than reading it twice.
enum InputCheck {
  private static let chunkSize = 64 << 10

  /// Throws if the header is missing, too large, empty, or no text.
  static func check(_ request: ReadRequest) throws(ReadError) {
    // clang passes over a directory that is not there, and then does not find the header.
    for directory in request.stubDirectories + request.includeDirectories
    where !Files.isDirectory(directory) {
      throw ReadError(
        request, "there is no directory \(directory)", rule: "missing-directory",
        help: "it was given for headers that this one includes")
    }
    let descriptor = open(request.path, O_RDONLY | O_CLOEXEC)
    guard descriptor >= 0 else { throw unreadable(request, String(cString: strerror(errno))) }
    defer { close(descriptor) }
    var status = stat()
    guard fstat(descriptor, &status) == 0 else {
      throw unreadable(request, String(cString: strerror(errno)))
    }
    switch status.st_mode & S_IFMT {
    case S_IFREG: break
    case S_IFDIR: throw unreadable(request, "it is a directory")
    default: throw unreadable(request, "it is not a regular file")
    }
    guard status.st_size > 0 else {
      throw ReadError(request, "the header is empty", rule: "empty-header")
    }
    guard status.st_size <= request.sizeLimit else {
      throw ReadError(
        request,
        "the header has \(status.st_size) bytes, over the limit of \(request.sizeLimit)",
        rule: "size-limit", help: "is this really a header? --size-limit BYTES allows larger ones")
    }
    try checkText(descriptor, request)
  }

  private static func unreadable(_ request: ReadRequest, _ reason: String) -> ReadError {
    ReadError(request, "cannot read the header: \(reason)", rule: "unreadable-header")
  }

  private static func checkText(
    _ descriptor: Int32, _ request: ReadRequest
  ) throws(ReadError) {
    var buffer = [UInt8](repeating: 0, count: chunkSize)
    var offset = 0
    // The bytes at the front of the buffer that the last chunk ended in the middle of.
    var kept = 0
    while true {
      let got = buffer.withUnsafeMutableBytes { bytes in
        Glibc.read(descriptor, bytes.baseAddress.map { $0 + kept }, bytes.count - kept)
      }
      if got < 0, errno == EINTR { continue }
      guard got >= 0 else { throw unreadable(request, String(cString: strerror(errno))) }
      let count = kept + got
      let valid = TextCheck.validPrefix(buffer, count: count)
      if valid < count {
        guard buffer[valid] != 0 else {
          throw ReadError(
            request, "the header has a zero byte at offset \(offset + valid): it is no text",
            rule: "not-text", help: "is this a library or an archive rather than a header?")
        }
        guard got > 0, count - valid < 4, TextCheck.isPrefix(buffer[valid..<count]) else {
          throw notUTF8(request, buffer[valid], at: offset + valid)
        }
      }
      if got == 0 { return }
      offset += valid
      kept = count - valid
      for index in 0..<kept { buffer[index] = buffer[valid + index] }
    }
  }

  private static func notUTF8(_ request: ReadRequest, _ byte: UInt8, at offset: Int) -> ReadError {
    var line: Int?
    do throws(FileError) {
      let before = try Files.read(request.path, limit: request.sizeLimit).prefix(offset)
      line = before.reduce(into: 1) { if $1 == UInt8(ascii: "\n") { $0 += 1 } }
    } catch {
      // The place is still known by its offset.
    }
    return ReadError(diagnostics: [
      Diagnostic(
        .error, file: request.path, line: line,
        "the header is not UTF-8: byte 0x\(String(byte, radix: 16)) at offset \(offset)",
        rule: "not-utf8", help: "convert it, for instance with `iconv -f LATIN1 -t UTF-8`")
    ])
  }
}

/// Finds where a file stops being text.
enum TextCheck {
  /// How many of the first `count` bytes are UTF-8 without a zero, from the start.
  static func validPrefix(_ bytes: [UInt8], count: Int) -> Int {
    bytes.withUnsafeBytes { bytes in
      var position = 0
      while position < count {
        // Eight plain characters at a time: headers are ASCII but for a name or a dash.
        if position + 8 <= count {
          let word = bytes.loadUnaligned(fromByteOffset: position, as: UInt64.self)
          // Taking one from each byte borrows its top bit exactly if the byte is zero.
          if (word | (word &- 0x0101_0101_0101_0101)) & 0x8080_8080_8080_8080 == 0 {
            position += 8
            continue
          }
        }
        guard let length = sequenceLength(bytes, position, count) else { return position }
        position += length
      }
      return position
    }
  }

  /// Whether more bytes could complete a sequence that starts like this.
  static func isPrefix(_ bytes: ArraySlice<UInt8>) -> Bool {
    var bytes = Array(bytes)
    for filler in [UInt8(0x80), 0xBF] {
      let count = bytes.count
      while bytes.count < 4 { bytes.append(filler) }
      if bytes.withUnsafeBytes({ (sequenceLength($0, 0, 4) ?? 0) > count }) { return true }
      bytes.removeLast(4 - count)
    }
    return false
  }

  /// The length of the UTF-8 sequence at `position`, if there is one.
  private static func sequenceLength(
    _ bytes: UnsafeRawBufferPointer, _ position: Int, _ count: Int
  ) -> Int? {
    func isContinuation(_ distance: Int, _ range: ClosedRange<UInt8> = 0x80...0xBF) -> Bool {
      position + distance < count && range.contains(bytes[position + distance])
    }
    switch bytes[position] {
    case 0x01...0x7F: return 1
    case 0xC2...0xDF: return isContinuation(1) ? 2 : nil
    case 0xE0: return isContinuation(1, 0xA0...0xBF) && isContinuation(2) ? 3 : nil
    case 0xED: return isContinuation(1, 0x80...0x9F) && isContinuation(2) ? 3 : nil
    case 0xE1...0xEF: return isContinuation(1) && isContinuation(2) ? 3 : nil
    case 0xF0:
      return isContinuation(1, 0x90...0xBF) && isContinuation(2) && isContinuation(3) ? 4 : nil
    case 0xF4:
      return isContinuation(1, 0x80...0x8F) && isContinuation(2) && isContinuation(3) ? 4 : nil
    case 0xF1...0xF3:
      return isContinuation(1) && isContinuation(2) && isContinuation(3) ? 4 : nil
    default: return nil
    }
  }
}
