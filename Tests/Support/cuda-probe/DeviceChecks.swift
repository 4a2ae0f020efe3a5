import CUDADriverBindings
import CUDARuntime

func checkDevices(_ cuda: CUDA) throws(CUDAError) {
  let count = try cuda.deviceCount()
  print("driver \(cuda.driverRelease.map { "\($0)" } ?? "?"), \(count) devices")
  checks.expect(count > 0, "a device")
  for device in try cuda.devices() {
    let uuid = try device.uuid()
    let bus = try device.pciBusID()
    let capability = try device.computeCapability()
    print("  \(device.ordinal): \(try device.name()) \(capability) \(uuid) \(bus)")
    checks.expect(try device.totalMemory() > 1 << 30, "a gigabyte of memory")
    checks.expect(try device.attribute(.multiprocessorCount) > 0, "multiprocessors")
    checks.expect(try cuda.device(uuid: uuid.description).ordinal == device.ordinal, "by UUID")
    checks.expect(
      try cuda.device(uuid: String(uuid.description.dropFirst(4).prefix(8))).ordinal
        == device.ordinal, "by the beginning of a UUID")
    checks.expect(try cuda.device(pciBusID: bus).ordinal == device.ordinal, "by PCI place")
  }
  expectError("no device \(count)", containing: "this process sees \(count)") {
    () throws(CUDAError) in _ = try cuda.device(count)
  }
  expectError("a UUID of nobody's", containing: "no device has the UUID") {
    () throws(CUDAError) in _ = try cuda.device(uuid: "GPU-00000000-1111")
  }
  expectError("a place without a device", containing: "no device at 0000:ff:1f.0") {
    () throws(CUDAError) in _ = try cuda.device(pciBusID: "0000:ff:1f.0")
  }
}

func checkPeers(_ cuda: CUDA) throws(CUDAError) {
  let devices = try cuda.devices()
  let topology = try cuda.topology(of: devices)
  print("  fully linked by NVLink: \(topology.isFullyLinked)")
  guard devices.count > 1 else { return }
  let contexts = try devices.map { (device) throws(CUDAError) in try Context(device) }
  for (from, context) in contexts.enumerated() {
    for (to, peer) in contexts.enumerated() where from != to {
      guard try devices[from].canAccess(devices[to]) else {
        print("  \(from) cannot reach \(to)")
        continue
      }
      try context.enableAccess(to: peer)
      try context.enableAccess(to: peer)
    }
  }
  let stream = try Stream(contexts[0])
  let here = try DeviceBuffer<Int32>(contexts[0], [1, 2, 3, 4])
  let there = try DeviceBuffer<Int32>(contexts[1], [0, 0, 0, 0])
  try there.copy(from: here, in: stream)
  try stream.synchronize()
  checks.expect(try there.array() == [1, 2, 3, 4], "a copy to another device")
}

func expectError(
  _ what: String, containing text: String, _ body: () throws(CUDAError) -> Void
) {
  do throws(CUDAError) {
    try body()
    checks.expect(false, "\(what) is an error")
  } catch {
    checks.expect(error.description.contains(text), "\(what): \(error)")
  }
}
