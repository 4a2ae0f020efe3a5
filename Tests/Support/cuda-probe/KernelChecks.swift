import CUDADriverBindings
import CUDARuntime

private let source = """
  extern "C" __global__ void scale(const float *in, float *out, double factor, int count) {
    int i = blockIdx.x * blockDim.x + threadIdx.x;
    if (i < count) out[i] = in[i] * (float)factor;
  }
  extern "C" __global__ void increment(int *value) {
  #if __CUDA_ARCH__ >= 900
    asm volatile("griddepcontrol.wait;" ::: "memory");
  #endif
    *value += 1;
  }
  extern "C" __global__ void blocks(int *count) { if (threadIdx.x == 0) atomicAdd(count, 1); }
  """

func checkStreams(_ context: Context) throws(CUDAError) {
  let stream = try Stream(context, priority: -1)
  let other = try Stream(context)
  checks.expect(try stream.isDone(), "nothing to do")
  let start = try Event(context, isTimed: true)
  let end = try Event(context, isTimed: true)
  let buffer = try DeviceBuffer<UInt32>(context, count: 1 << 24)
  try start.record(in: stream)
  try buffer.fill(7, in: stream)
  try end.record(in: stream)
  try other.wait(for: end)
  let first = try PinnedBuffer<UInt32>(context, count: 1)
  try buffer[0..<1].copy(to: first, in: other)
  try other.synchronize()
  checks.expect(first.elements[0] == 7, "a stream waits for another's event")
  try end.synchronize()
  checks.expect(try end.isDone(), "a mark is passed")
  let time = try end.milliseconds(since: start)
  checks.expect(time > 0 && time < 1000, "\(time) ms")
  expectError("a shared event that is timed", containing: "cannot be timed") {
    () throws(CUDAError) in _ = try Event(context, isTimed: true, isShared: true)
  }
}

func checkKernels(_ context: Context) throws(CUDAError) {
  let capability = try context.device.computeCapability()
  let image = try Program(name: "probe.cu", source: source)
    .compile(for: capability)
  let module = try Module(context, image: image.bytes)
  let scale = try module.kernel("scale")
  checks.expect(try scale.attribute(.numRegs) > 0, "registers")
  checks.expect(try scale.blocksPerMultiprocessor(threads: 256) > 0, "occupancy")
  try scale.load()

  let stream = try Stream(context)
  let input = try DeviceBuffer<Float>(context, (0..<1000).map { Float($0) })
  let output = try DeviceBuffer<Float>(context, count: 1000)
  var arguments = KernelArguments()
  arguments.append(input)
  arguments.append(output)
  arguments.append(0.5)
  arguments.append(Int32(1000))
  try scale.launch(LaunchConfiguration(grid: 4, block: 256), arguments, in: stream)
  try stream.synchronize()
  checks.expect(try output.array() == (0..<1000).map { Float($0) / 2 }, "a kernel's result")

  let value = try DeviceBuffer<Int32>(context, [0])
  var pointer = KernelArguments()
  pointer.append(value)
  let increment = try module.kernel("increment")
  for _ in 0..<100 {
    try increment.launch(
      LaunchConfiguration(grid: 1, block: 1, overlapsPrevious: capability.major >= 9), pointer,
      in: stream)
  }
  try stream.synchronize()
  checks.expect(try value.array() == [100], "launches that overlap are in order")

  let blocks = try module.kernel("blocks")
  try value.fill(0, in: stream)
  try blocks.launch(
    LaunchConfiguration(grid: 8, block: 32, isCooperative: true), pointer, in: stream)
  try stream.synchronize()
  checks.expect(try value.array() == [8], "a cooperative launch")
  expectError("more blocks than run at once", containing: "errorCooperativeLaunchTooLarge") {
    () throws(CUDAError) in
    try blocks.launch(
      LaunchConfiguration(grid: Dimensions(1 << 20), block: 1024, isCooperative: true), pointer,
      in: stream)
  }
  expectError("no blocks", containing: "a grid of 0") {
    () throws(CUDAError) in
    try blocks.launch(LaunchConfiguration(grid: 0, block: 32), pointer, in: stream)
  }
  expectError("no such kernel", containing: "errorNotFound") {
    () throws(CUDAError) in _ = try module.kernel("nothing")
  }
  expectError("a source with a mistake", containing: "bad.cu(1): error") {
    () throws(CUDAError) in
    _ = try Program(name: "bad.cu", source: "__global__ void f() { undeclared = 1; }\n")
      .compile(for: capability)
  }
}

func checkGraphs(_ context: Context) throws(CUDAError) {
  let stream = try Stream(context)
  let value = try DeviceBuffer<Int32>(context, [5, 5])
  let source = try DeviceBuffer<Int32>(context, [1, 2])
  let graph = try Graph.capture(stream) { (stream) throws(CUDAError) in
    checks.expect(try stream.isCapturing(), "a stream that is captured")
    try value.fill(0, in: stream)
    try value.copy(from: source, in: stream)
  }
  checks.expect(try !stream.isCapturing(), "a stream after its capture")
  checks.expect(try value.array() == [5, 5], "nothing is done while it is recorded")
  checks.expect(try graph.nodes().count == 2, "two nodes")
  let executable = try graph.instantiate()
  try executable.upload(in: stream)
  for _ in 0..<1000 { try executable.launch(in: stream) }
  try stream.synchronize()
  checks.expect(try value.array() == [1, 2], "a graph's work")

  expectError("a body that throws", containing: "enough") {
    () throws(CUDAError) in
    _ = try Graph.capture(stream) { (stream) throws(CUDAError) in
      try value.fill(0, in: stream)
      throw .invalidArgument("enough")
    }
  }
  checks.expect(try !stream.isCapturing(), "a stream after a capture that failed")
  try value.fill(3, in: stream)
  try stream.synchronize()
  checks.expect(try value.array() == [3, 3], "a stream goes on after a capture that failed")
}
