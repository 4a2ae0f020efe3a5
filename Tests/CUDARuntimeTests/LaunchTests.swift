import Testing

@testable import CUDARuntime

@Suite struct LaunchTests {
  @Test func argumentsLieAsCWants() {
    var arguments = KernelArguments()
    arguments.append(UInt8(1))
    arguments.append(Int32(2))
    arguments.append(UInt8(3))
    arguments.append(4.0)
    arguments.append(UInt16(5))
    #expect(arguments.offsets == [0, 4, 8, 16, 24])
    #expect(arguments.bytes.count == 26)
    #expect(Array(arguments.bytes[4..<8]) == [2, 0, 0, 0])
  }

  @Test func aHandleOfTheWrongSizeIsRefused() {
    #expect {
      try IPCMemoryHandle(bytes: [1, 2, 3], byteOffset: 0, byteCount: 8)
    } throws: { error in
      "\(error)".contains("3 bytes are no memory handle, which has 64")
    }
  }
}
