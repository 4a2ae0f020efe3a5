import LibraryLoader

/// What the fake driver has noted, and which call it is to fail.
struct Journal {
  /// Something that was made, given back, or launched.
  struct Entry: Codable {
    let time: UInt64
    let call: String
    let handle: UInt64
    /// Of an opened handle: whose memory it is, and where it is there.
    let process: UInt64
    let address: UInt64
  }

  private struct RawEntry {
    var time: UInt64
    var call: UnsafePointer<CChar>
    var handle, process, address: UInt64
  }

  private let library: LoadedLibrary

  init(_ library: LoadedLibrary) { self.library = library }

  func clear() throws { try function("clear", as: (@convention(c) () -> Void).self)() }

  /// Of this thread alone; 0: none.
  func fail(at number: Int) throws {
    try function("failAt", as: (@convention(c) (Int32) -> Void).self)(Int32(number))
  }

  /// The call of this thread that has failed.
  func failed() throws -> String? {
    try function("failed", as: (@convention(c) () -> UnsafePointer<CChar>?).self)()
      .map { String(cString: $0) }
  }

  /// What the next launch by this thread reports; see the fake driver.
  func launchReports(_ code: UInt32) throws {
    try function("launchReports", as: (@convention(c) (UInt32) -> Void).self)(code)
  }

  /// Whether a launch waits for an abort.
  func isWaiting() throws -> Bool {
    try function("isWaiting", as: (@convention(c) () -> Int32).self)() != 0
  }

  func entries() throws -> [Entry] {
    let count = try function("entryCount", as: (@convention(c) () -> Int32).self)()
    let entry = try function(
      "entry", as: (@convention(c) (Int32) -> UnsafeRawPointer).self)
    return (0..<count).map { index in
      let raw = entry(index).load(as: RawEntry.self)
      return Entry(
        time: raw.time, call: String(cString: raw.call), handle: raw.handle, process: raw.process,
        address: raw.address)
    }
  }

  private func function<Function>(_ name: String, as type: Function.Type) throws -> Function {
    guard let address = library.address(ofSymbol: "fake_\(name)") else {
      throw NotFake(path: library.path)
    }
    return unsafeBitCast(address, to: type)
  }
}

/// A rehearsal on a real driver would not be one.
struct NotFake: Error, CustomStringConvertible {
  let path: String
  var description: String { "\(path) is not the fake driver" }
}
