import LibraryLoader

/// What a fixture library that was compiled with Fixtures/recorder.h has been called with.
struct Recorder {
  /// A call as it arrived. Pointers are their addresses; records and what is written to are 0.
  struct Call: Equatable {
    var name: String
    var arguments: [Int]

    init(_ name: String, _ arguments: [Int]) {
      self.name = name
      self.arguments = arguments
    }
  }

  let library: LoadedLibrary

  /// The last call.
  func lastCall() throws -> Call {
    let name = try function("call", as: (@convention(c) () -> UnsafePointer<CChar>).self)()
    let count = try function("count", as: (@convention(c) () -> Int32).self)()
    let argument = try function("argument", as: (@convention(c) (Int32) -> Int).self)
    return Call(String(cString: name), (0..<count).map { argument($0) })
  }

  /// How many calls there have been.
  func callCount() throws -> Int32 {
    try function("calls", as: (@convention(c) () -> Int32).self)()
  }

  /// The first bytes of the record that the last call with one was given.
  func recordBytes(_ count: Int) throws -> [UInt8] {
    let bytes = try function("bytes", as: (@convention(c) () -> UnsafePointer<UInt8>).self)()
    return Array(UnsafeBufferPointer(start: bytes, count: count))
  }

  /// What every call returns from now on, in fixtures that can be told.
  func setStatus(_ status: Int32) throws {
    try function("setStatus", as: (@convention(c) (Int32) -> Void).self)(status)
  }

  private func function<Function>(_ name: String, as type: Function.Type) throws -> Function {
    guard let address = library.address(ofSymbol: "fixture_\(name)") else {
      throw Unexpected("the fixture has no \(name)")
    }
    return unsafeBitCast(address, to: type)
  }
}

/// A pointer with an address to recognise; it is passed on, never followed.
func marker(_ address: Int) -> UnsafeMutableRawPointer? {
  UnsafeMutableRawPointer(bitPattern: address)
}
