import CUDADriverBindings
import CUDARuntime
import LibraryLoader
import TestSupport
import Testing

@testable import CustomAllReduce

/// Which stream waits for which, on the fake driver.
@Suite(.serialized) struct StreamOrderTests {
  private let driver: FakeDriver
  private let first, second, third: CUDARuntime.Stream

  init() throws {
    driver = try FakeDriver()
    (first, second, third) = (
      try Stream(driver.context), try Stream(driver.context), try Stream(driver.context)
    )
  }

  @Test func callsOfOneStreamNeedNoOrder() throws {
    var order = StreamOrder()
    for _ in 0..<3 { #expect(try driver.enter(first, &order) == []) }
    _ = try Graph.capture(first) { (stream) throws(CUDAError) in try order.enter(stream) }
    #expect(try driver.enter(first, &order) == [])
  }

  @Test func aStreamWaitsForTheOneBefore() throws {
    var order = StreamOrder()
    try order.enter(first)
    #expect(try driver.enter(second, &order) == [first.handle])
    #expect(try driver.enter(second, &order) == [])
    #expect(try driver.enter(first, &order) == [second.handle])
    #expect(try driver.enter(third, &order) == [first.handle])
  }

  @Test func whatRecordsWaitsForWhatRecords() throws {
    var order = StreamOrder()
    try order.enter(first)
    _ = try Graph.capture(second) { (second) throws(CUDAError) in
      // The first stream may be gone by now: nobody asks it.
      #expect(try driver.enter(second, &order) == [])
      _ = try Graph.capture(third) { (third) throws(CUDAError) in
        #expect(
          try driver.enter(third, &order) == [second.handle])
      }
    }
    #expect(try driver.enter(third, &order) == [first.handle])
  }

  @Test func whatAStreamRanBeforeItRecordedIsNotForgotten() throws {
    var order = StreamOrder()
    try order.enter(first)
    _ = try Graph.capture(first) { (first) throws(CUDAError) in
      try order.enter(first)
      _ = try Graph.capture(second) { (second) throws(CUDAError) in
        #expect(
          try driver.enter(second, &order) == [first.handle])
      }
    }
    #expect(try driver.enter(third, &order) == [first.handle])
  }

  @Test func whatAStreamRanIsWaitedForWhileItRecords() throws {
    var order = StreamOrder()
    try order.enter(first)
    try order.willRecord(first)
    _ = try Graph.capture(first) { (first) throws(CUDAError) in
      try order.enter(first)
      // By the mark that was made before; and the next of this one.
      #expect(try driver.enter(second, &order) == [first.handle])
      #expect(try driver.enter(third, &order) == [second.handle])
      #expect(try driver.enter(first, &order) == [])
    }
    #expect(try driver.enter(first, &order) == [third.handle])
    #expect(try driver.enter(first, &order) == [])
  }

  @Test func aMarkIsForWhatCameBeforeIt() throws {
    var order = StreamOrder()
    // Neither another stream nor one that records already needs one.
    try order.enter(first)
    try order.willRecord(second)
    _ = try Graph.capture(first) { (first) throws(CUDAError) in try order.willRecord(first) }
    #expect(driver.eventCount == 0)
    try order.willRecord(first)
    #expect(driver.eventCount == 1)
    // A call that it runs after its capture is not behind the mark.
    try order.enter(first)
    _ = try Graph.capture(first) { (_) throws(CUDAError) in
      #expect(throws: CUDAError.self) { try driver.enter(second, &order) }
    }
  }

  @Test func whatCannotBeOrderedIsRefused() throws {
    var order = StreamOrder()
    // A stream that has only recorded holds nobody up.
    _ = try Graph.capture(first) { (first) throws(CUDAError) in
      try order.enter(first)
      #expect(try driver.enter(second, &order) == [])
    }
    #expect(try driver.enter(first, &order) == [second.handle])
    _ = try Graph.capture(first) { (first) throws(CUDAError) in
      #expect {
        try driver.enter(second, &order)
      } throws: { error in
        "\(error)".contains("the stream that ran the last call is being captured")
      }
      // Nor is it then forgotten.
      try order.enter(first)
      #expect(throws: CUDAError.self) { try driver.enter(third, &order) }
    }
    #expect(try driver.enter(second, &order) == [first.handle])
  }
}

/// The fake driver in this process, and its journal.
private struct FakeDriver {
  let context: Context
  private let library: FixtureLibrary

  init() throws {
    library = try Rehearsal.fake()
    context = try Context(CUDA(LoadOptions(path: library.path)).device(0))
  }

  private struct Entry {
    var time: UInt64
    var call: UnsafePointer<CChar>
    var handle, process, address: UInt64
  }

  /// A call in a stream; returns the streams that it is to wait for.
  func enter(
    _ stream: CUDARuntime.Stream, _ order: inout StreamOrder
  ) throws(CUDAError) -> [CUStream] {
    let before = entries().count
    try order.enter(stream)
    return entries().dropFirst(before).compactMap { entry in
      guard String(cString: entry.call) == "cuStreamWaitEvent" else { return nil }
      return CUStream(rawValue: UnsafeMutableRawPointer(bitPattern: UInt(entry.address)))
    }
  }

  /// How many events were ever made.
  var eventCount: Int { entries().count { String(cString: $0.call) == "cuEventCreate" } }

  private func entries() -> [Entry] {
    let loaded = context.device.cuda.driver.library
    guard let count = loaded.address(ofSymbol: "fake_entryCount"),
      let entry = loaded.address(ofSymbol: "fake_entry")
    else { return [] }
    let entryAt = unsafeBitCast(entry, to: (@convention(c) (Int32) -> UnsafeRawPointer).self)
    return (0..<unsafeBitCast(count, to: (@convention(c) () -> Int32).self)()).map {
      entryAt($0).load(as: Entry.self)
    }
  }
}
