import CUDADriverBindings
import CUDARuntime
import Glibc

func checkMemory(_ context: Context) throws(CUDAError) {
  let before = try context.memory().free
  try checkElements(context, [1, -2, 3.5, .infinity] as [Double])
  try checkElements(context, [1, -2, 3.5, -0.0] as [Float])
  try checkElements(context, [1, -2, 3.5, .greatestFiniteMagnitude] as [Float16])
  try checkElements(context, [BFloat16(Float(1)), BFloat16(Float(-3.14159))])
  try checkElements(context, [Int8.min, -1, 0, Int8.max])
  try checkElements(context, [UInt64.max, 0, 0x0123_4567_89AB_CDEF])

  let empty = try DeviceBuffer<Float>(context, count: 0)
  checks.expect(try empty.array() == [], "an empty buffer")
  let numbers = try DeviceBuffer<Int32>(context, Array(0..<100))
  let slice = numbers[10..<20][2..<5]
  checks.expect(try slice.array() == [12, 13, 14], "a slice of a slice")
  checks.expect(numbers.isAligned(to: 256) && !numbers[1..<2].isAligned(to: 16), "alignment")
  expectError("too many elements", containing: "do not fit") {
    () throws(CUDAError) in try slice.copy(from: [1, 2, 3, 4])
  }
  expectError("more memory than there is", containing: "errorOutOfMemory (2)") {
    () throws(CUDAError) in _ = try DeviceBuffer<UInt8>(context, count: 1 << 50)
  }
  expectError("a negative count", containing: "cannot have -1") {
    () throws(CUDAError) in _ = try DeviceBuffer<UInt8>(context, count: -1)
  }
  do {
    let large = try DeviceBuffer<UInt8>(context, count: 1 << 30)
    checks.expect(try context.memory().free <= before - large.byteCount, "a gigabyte is taken")
  }
  checks.expect(try context.memory().free > before - (1 << 29), "and given back")
}

private func checkElements<Element: DeviceElement & Equatable>(
  _ context: Context, _ elements: [Element]
) throws(CUDAError) {
  let stream = try Stream(context)
  let buffer = try DeviceBuffer(context, elements)
  checks.expect(try buffer.array() == elements, "\(Element.self) there and back")
  let pinned = try PinnedBuffer<Element>(context, count: elements.count)
  try buffer.copy(to: pinned, in: stream)
  try stream.synchronize()
  checks.expect(pinned.elements.elementsEqual(elements), "\(Element.self) to pinned memory")
  let copy = try DeviceBuffer<Element>(context, count: elements.count)
  try copy.copy(from: pinned, in: stream)
  try copy.copy(from: buffer, in: stream)
  try stream.synchronize()
  checks.expect(try copy.array() == elements, "\(Element.self) on the device")
  for value in elements {
    try copy.fill(value, in: stream)
    try stream.synchronize()
    checks.expect(
      try copy.array() == Array(repeating: value, count: elements.count),
      "\(Element.self) filled with \(value)")
  }
}

/// Memory without addresses, which is mapped, exported, and mapped once more.
func checkMappedMemory(_ context: Context) throws(CUDAError) {
  let pieces = [
    try PhysicalMemory(context, byteCount: 1), try PhysicalMemory(context, byteCount: 3 << 20),
  ]
  checks.expect(pieces[0].byteCount >= 4096 && pieces[1].byteCount >= 3 << 20, "whole pieces")
  let buffer = try DeviceBuffer(context, mapping: pieces)
  checks.expect(buffer.byteCount == pieces[0].byteCount + pieces[1].byteCount, "all of them")
  let border = pieces[0].byteCount
  let bytes = (0..<4096).map { UInt8(truncatingIfNeeded: $0 &* 7) }
  try buffer[(border - 2048)..<(border + 2048)].copy(from: bytes)
  checks.expect(try !buffer.hasIPCHandle(), "mapped memory has no legacy handle")
  let found = try buffer[(border - 2048)..<(border + 2048)].mappedPieces()
  checks.expect(found.map(\.byteCount) == pieces.map(\.byteCount), "pieces by their addresses")

  let again = try found.map { (piece) throws(CUDAError) in
    let descriptor = try piece.memory(context).makeDescriptor()
    defer { close(descriptor) }
    return try PhysicalMemory(context, importing: descriptor, byteCount: piece.byteCount)
  }
  let alias = try DeviceBuffer(context, mapping: again)
  checks.expect(alias.pointer != buffer.pointer, "another address")
  checks.expect(
    try alias[(border - 2048)..<(border + 2048)].array() == bytes, "the same memory there")

  let plain = try DeviceBuffer<UInt8>(context, count: 4096)
  checks.expect(try plain.hasIPCHandle(), "an allocation has a legacy handle")
  expectError("pieces of an allocation", containing: "cuMemRetainAllocationHandle") {
    () throws(CUDAError) in _ = try plain.mappedPieces()
  }
  expectError("no memory", containing: "0 bytes") {
    () throws(CUDAError) in _ = try PhysicalMemory(context, byteCount: 0)
  }
}
