/// What is in memory that an operation has not written: the same odd bytes everywhere.
func filler<Element: BitwiseCopyable>(_ type: Element.Type, _ count: Int) -> [Element] {
  [Element](unsafeUninitializedCapacity: count) { buffer, initialized in
    UnsafeMutableRawBufferPointer(buffer).initializeMemory(as: UInt8.self, repeating: 0x5A)
    initialized = count
  }
}
