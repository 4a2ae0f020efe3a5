import Testing

@testable import CUDARuntime

/// `CUDA_VISIBLE_DEVICES` in all its forms, on a machine with four devices.
@Suite struct VisibleDevicesTests {
  private static let uuids = [0x11, 0x22, 0x33, 0x34].map { first in
    DeviceUUID(bytes: [UInt8(first)] + (1..<16).map { UInt8($0) })
  }

  @Test(
    arguments: [
      (nil, [0, 1, 2, 3]), ("0,1", [0, 1]), ("3,1,2", [3, 1, 2]), ("", []), ("-1", []),
      ("NoDevFiles", []), ("none", []), (" 2", [2]), ("2 ", [2]), ("1x", [1]),
      // An entry that names nothing ends the list.
      ("0,9,1", [0]), ("0,-1,1", [0]), ("0,,1", [0]), ("1,zero", [1]),
      // A device that is named twice hides all of them.
      ("0,1,0", []), ("GPU-11,0", []),
      // By UUID, or a beginning of it that fits one device.
      ("GPU-22010203-0405-0607-0809-0a0b0c0d0e0f,0", [1, 0]), ("GPU-22,GPU-11", [1, 0]),
      ("GPU-3", []), ("GPU-33,GPU-34", [2, 3]), ("GPU-ab", []), ("gpu-22", []),
      ("MIG-11010203-0405-0607-0809-0a0b0c0d0e0f", []),
    ] as [(String?, [Int])])
  func visible(_ value: String?, _ expected: [Int]) {
    #expect(VisibleDevices(value).visible(among: Self.uuids) == expected)
  }

  @Test func selectorsAreKept() {
    #expect(
      VisibleDevices("1,GPU-ab,MIG-cd").selectors == [.index(1), .uuid("GPU-ab"), .mig("MIG-cd")])
    #expect(VisibleDevices(nil).selectors == nil)
  }

  @Test func aUUIDIsWrittenAsNvidiaSMIDoes() {
    #expect(
      Self.uuids[0].description == "GPU-11010203-0405-0607-0809-0a0b0c0d0e0f")
    #expect(Self.uuids[0].matches("gpu-1101") && Self.uuids[0].matches("1101"))
    #expect(!Self.uuids[0].matches("") && !Self.uuids[0].matches("GPU-"))
  }
}
