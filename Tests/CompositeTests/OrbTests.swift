import COrbBindings
import LibraryLoader
import OrbBindings
import Testing

/// A driver's interface: renamed symbols, flavours, a version in parts, errors that write their text.
@Suite struct OrbTests {
  @Test("Symbols are found under the names that macros and labels give them")
  func renamed() throws {
    let orb = try Fixture.orb("buffer")
    #expect(orb.isAvailable(.memAlloc) && orb.isAvailable(.memFree) && orb.isAvailable(.renamed))
    #expect(try orb.memAlloc(bytes: 1) == 0x1001)
    try orb.memFree(address: 0x1001)
    try orb.renamed(value: 3)
    try orb.memCopy(to: 1, from: 2, bytes: 3, kind: .deviceToHost)
  }

  @Test("The version comes in parts")
  func version() throws {
    let orb = try Fixture.orb("buffer")
    #expect(orb.library.release == LibraryRelease(3, 1, 0))
    let (major, minor, patch) = try orb.version()
    #expect(major == 3 && minor == 1 && patch == 0)
  }

  @Test("The library writes an error's text; a code that it does not know has none")
  func errorText() throws {
    let orb = try Fixture.orb("buffer")
    let known = #expect(throws: CollectiveError.self) { try orb.memAlloc(bytes: 0) }
    #expect(known?.text == "a value is not valid" && known?.call == "orbMemAlloc")
    let unknown = #expect(throws: CollectiveError.self) {
      try orb.memCopy(to: 0, from: 0, bytes: 0, kind: .hostToDevice)
    }
    #expect(unknown?.text == nil && unknown?.codeName == nil)
    // Not ready is no failure.
    try orb.memFree(address: 0)
  }

  @Test("A named flavour chooses the signature")
  func flavours() throws {
    let buffer = try Fixture.orb("buffer", flavour: "relay-buffer")
    try buffer.exchange(from: 1, to: 2, bytes: 3, relay: 4, relayBytes: 5)
    let pointer = try Fixture.orb("pointer", flavour: "relay-pointer")
    var relay: UInt64 = 0
    try pointer.exchange(from: 1, to: 2, bytes: 3, relay: &relay)
    #expect(relay == 6)
    #expect(throws: CollectiveError.self) {
      try pointer.exchange(from: 1, to: 2, bytes: 3, relay: 4, relayBytes: 5)
    }
    #expect(throws: LoadError.self) { try Fixture.orb("buffer", flavour: "relay-nothing") }
  }

  @Test("A build that shows what it is needs no naming")
  func detected() throws {
    let orb = try Fixture.orb("buffer")
    #expect(orb.library.flavour == "relay-buffer")
    #expect(orb.library.flavourSource == .detected(evidence: "exports orbOnlyBuffer"))
    try orb.exchange(from: 1, to: 2, bytes: 3, relay: 4, relayBytes: 5)
  }

  @Test("Without a flavour a call that depends on it is refused, with the choices")
  func undecided() throws {
    let orb = try Fixture.orb("pointer")
    let error = #expect(throws: CollectiveError.self) {
      var relay: UInt64 = 0
      try orb.exchange(from: 1, to: 2, bytes: 3, relay: &relay)
    }
    #expect(error?.description.contains("relay-buffer") == true)
    #expect(error?.description.contains("relay-pointer") == true)
  }

  @Test("A record with arrays, a union and a packed part is laid out as the header's")
  func launch() throws {
    let orb = try Fixture.orb("buffer")
    var launch = OrbLaunch()
    launch.blocks = (6, 5, 4)
    launch.stream = UnsafeMutableRawPointer(bitPattern: 24)
    launch.values.0.integer = -1
    launch.attribute.kind = CChar(UInt8(ascii: "k"))
    launch.attribute.value = 21
    let copy = try orb.launch(launch: &launch)
    #expect(copy.threads.2 == 7 && copy.blocks == (6, 5, 4) && copy.stream == launch.stream)
    #expect(copy.values.0.integer == -1 && copy.values.1.number == 0.5)
    #expect(copy.attribute.value == 42)
  }

  @Test("Unions by value, handles, callbacks")
  func others() throws {
    let orb = try Fixture.orb("buffer")
    #expect(try orb.evaluate(value: OrbValue(number: 1.25), with: nil).number == 2.5)
    #expect(try orb.streamCreate(flags: 40).rawValue == UnsafeMutableRawPointer(bitPattern: 40))
    var number: Int32 = 17
    let result = try withUnsafeMutablePointer(to: &number) {
      try orb.call(
        function: { $0?.assumingMemoryBound(to: Int32.self).pointee ?? 0 }, context: $0)
    }
    #expect(result == 17)
    #expect(!OrbDriverFunction.all.contains { $0.description == "orbUnlisted" })
  }
}
