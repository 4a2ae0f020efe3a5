internal import Glibc

/// Elements that go on for ever, the same again after a prime number of them: whatever is shifted by
/// a block, a chunk or a power of two looks different.
struct Pattern<Element: CheckedElement> {
  static var period: Int { 251 }

  private let elements: [Element]
  /// What a result may be; nil: these bits and no others.
  private let foretold: [Foretold<Element>]?

  init(_ element: (Int) -> Element) {
    elements = (0..<Self.period).map(element)
    foretold = nil
  }

  init(foretold: [Foretold<Element>]) {
    elements = foretold.map(\.nearest)
    self.foretold = foretold
  }

  subscript(index: Int) -> Element { elements[index % Self.period] }

  /// The elements from `start` on.
  func fill(_ memory: UnsafeMutableBufferPointer<Element>, from start: Int) {
    guard let base = memory.baseAddress else { return }
    elements.withUnsafeBufferPointer { elements in
      guard let source = elements.baseAddress else { return }
      var done = 0
      while done < memory.count {
        let phase = (start + done) % Self.period
        let count = min(Self.period - phase, memory.count - done)
        memcpy(base + done, source + phase, count * MemoryLayout<Element>.stride)
        done += count
      }
    }
  }

  /// The first place where memory is not as it must be.
  func difference(
    _ memory: UnsafeBufferPointer<Element>, from start: Int
  ) -> (index: Int, text: String)? {
    let matches = withUnsafeTemporaryAllocation(of: Element.self, capacity: memory.count) {
      expected in
      fill(expected, from: start)
      guard let found = memory.baseAddress, let expected = expected.baseAddress else { return true }
      return memcmp(found, expected, memory.count * MemoryLayout<Element>.stride) == 0
    }
    if matches { return nil }
    for index in memory.indices {
      if let text = difference(memory[index], (start + index) % Self.period) {
        return (index, text)
      }
    }
    return nil
  }

  private func difference(_ found: Element, _ place: Int) -> String? {
    let nearest = elements[place]
    if withUnsafeBytes(
      of: found,
      { found in
        withUnsafeBytes(of: nearest) { found.elementsEqual($0) }
      })
    {
      return nil
    }
    guard let expected = foretold?[place], let number = found as? any CheckedFloat else {
      return "expected \(nearest), found \(found)"
    }
    // The two zeros are the same here.
    let distance = (number.float64 - expected.value).magnitude
    if distance <= expected.bound { return nil }
    return "expected \(expected.value) ± \(expected.bound), found \(found)"
  }
}

/// Bits that depend on all of the numbers, and look random.
func mixed(_ numbers: Int...) -> UInt64 {
  var state: UInt64 = 0x9E37_79B9_7F4A_7C15
  for number in numbers {
    state = (state ^ UInt64(bitPattern: Int64(number))) &* 0xBF58_476D_1CE4_E5B9
    state ^= state >> 29
    state = state &* 0x94D0_49BB_1331_11EB
    state ^= state >> 32
  }
  return state
}
