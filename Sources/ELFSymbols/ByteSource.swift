internal import Glibc

/// The bytes of a file, read piece by piece with pread.
///
/// pread and not mmap: a file that is cut short while it is mapped ends the process with SIGBUS,
/// and the libraries at hand are hundreds of megabytes of which the tables are a few hundred kB.
struct ByteSource {
  private enum Storage {
    case descriptor(Int32)
    case bytes([UInt8])
  }

  /// No table of a real library comes near this; a damaged size must not exhaust the memory.
  static let maximumPiece: UInt64 = 256 << 20

  let name: String
  let size: UInt64
  private let storage: Storage

  init(bytes: [UInt8], name: String) {
    self.name = name
    size = UInt64(bytes.count)
    storage = .bytes(bytes)
  }

  /// Reads from a descriptor that the caller keeps open and closes.
  init(descriptor: Int32, name: String) throws(ELFError) {
    var status = stat()
    guard fstat(descriptor, &status) == 0 else { throw .unreadable(name, errno) }
    guard status.st_mode & S_IFMT == S_IFREG, status.st_size >= 0 else {
      throw ELFError(
        file: name, reason: .unreadable, offset: 0, what: "is not a regular file")
    }
    self.name = name
    size = UInt64(status.st_size)
    storage = .descriptor(descriptor)
  }

  /// The `count` bytes at `offset`, all of them, or an error that says what they were to be.
  func read(_ what: String, at offset: UInt64, count: UInt64) throws(ELFError) -> Piece {
    guard offset <= size, count <= size - offset else {
      throw damaged(at: offset, "\(what) of \(count) bytes ends outside the file of \(size)")
    }
    guard count <= Self.maximumPiece, let length = Int(exactly: count) else {
      throw damaged(at: offset, "\(what) of \(count) bytes is larger than any real one")
    }
    switch storage {
    case .bytes(let all):
      let start = Int(offset)
      return Piece(bytes: all[start..<start + length], offset: offset, source: name, what: what)
    case .descriptor(let descriptor):
      let bytes = try readFile(descriptor, at: offset, count: length)
      return Piece(bytes: bytes[...], offset: offset, source: name, what: what)
    }
  }

  /// The table of `count` entries of `entrySize` bytes at `offset`.
  func readTable(
    _ what: String, at offset: UInt64, count: UInt64, entrySize: UInt64
  ) throws(ELFError) -> Piece {
    let (total, overflow) = count.multipliedReportingOverflow(by: entrySize)
    guard !overflow else { throw damaged(at: offset, "\(what) has \(count) entries") }
    return try read(what, at: offset, count: total)
  }

  func damaged(at offset: UInt64, _ what: String) -> ELFError {
    ELFError(file: name, reason: .damaged, offset: offset, what: what)
  }

  private func readFile(
    _ descriptor: Int32, at offset: UInt64, count: Int
  ) throws(ELFError) -> [UInt8] {
    var failure: Int32?
    let bytes = [UInt8](unsafeUninitializedCapacity: count) { buffer, filled in
      while filled < count, let base = buffer.baseAddress {
        let got = pread(
          descriptor, base + filled, count - filled, off_t(offset) + off_t(filled))
        if got > 0 {
          filled += got
        } else if got < 0 && errno == EINTR {
          continue
        } else {
          failure = got < 0 ? errno : 0  // 0: the file became shorter after it was opened.
          return
        }
      }
    }
    if let failure {
      guard failure != 0 else { throw damaged(at: offset, "the file was cut short meanwhile") }
      throw .unreadable(name, failure)
    }
    return bytes
  }
}

/// Some bytes of a file with checked, little-endian access.
struct Piece {
  let bytes: ArraySlice<UInt8>
  let offset: UInt64
  let source: String
  let what: String

  var count: UInt64 { UInt64(bytes.count) }

  func u8(_ position: UInt64) throws(ELFError) -> UInt8 { try integer(position) }
  func u16(_ position: UInt64) throws(ELFError) -> UInt16 { try integer(position) }
  func u32(_ position: UInt64) throws(ELFError) -> UInt32 { try integer(position) }
  func u64(_ position: UInt64) throws(ELFError) -> UInt64 { try integer(position) }

  private func integer<T: FixedWidthInteger>(_ position: UInt64) throws(ELFError) -> T {
    let width = UInt64(MemoryLayout<T>.size)
    guard count >= width, position <= count - width else {
      throw ELFError(
        file: source, reason: .damaged, offset: offset.addingReportingOverflow(position).0,
        what: "\(what) ends before its entry does")
    }
    let start = bytes.startIndex + Int(position)
    return bytes.withUnsafeBytes { all in
      T(littleEndian: all.loadUnaligned(fromByteOffset: start - bytes.startIndex, as: T.self))
    }
  }
}

extension ELFError {
  static func unreadable(_ file: String, _ number: Int32) -> ELFError {
    ELFError(
      file: file, reason: .unreadable, offset: 0, what: String(cString: strerror(number)))
  }
}
