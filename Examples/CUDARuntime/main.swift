// What CUDARuntime has, without a library for collectives: devices and how they are linked, memory,
// a kernel that is compiled here, events, a graph.
//
//   cuda-tour

import CUDARuntime
import Glibc

let source = """
  extern "C" __global__ void scale(float *values, float factor, int count) {
    int i = blockIdx.x * blockDim.x + threadIdx.x;
    if (i < count) values[i] *= factor;
  }
  """

func list(_ cuda: CUDA) throws {
  let devices = try cuda.devices()
  for device in devices {
    print("\(device.ordinal): \(try device.name()), \(try device.uuid())")
  }
  let topology = try cuda.topology(of: devices)
  print("NVLink between every pair: \(topology.isFullyLinked)")
}

func makeKernel(in context: Context) throws -> Kernel {
  let program = Program(name: "scale.cu", source: source)
  let image = try program.compile(for: context.device.computeCapability())
  return try Module(context, image: image.bytes).kernel("scale")
}

func run() throws -> Bool {
  let cuda = try CUDA()
  try list(cuda)
  let context = try Context(cuda.device(0))
  let stream = try Stream(context)

  let count = 1 << 20
  let values = try DeviceBuffer<Float>(context, count: count)
  try values.fill(1, in: stream)

  let kernel = try makeKernel(in: context)
  var arguments = KernelArguments()
  arguments.append(values)
  arguments.append(Float(2))
  arguments.append(Int32(count))
  let configuration = LaunchConfiguration(grid: Dimensions(count / 256), block: 256)
  try kernel.launch(configuration, arguments, in: stream)

  // What loads its code at the first launch would break a capture.
  try kernel.load()
  let graph = try Graph.capture(stream) { (stream) throws(CUDAError) in
    for _ in 0..<3 { try kernel.launch(configuration, arguments, in: stream) }
  }
  let executable = try graph.instantiate()
  let (start, end) = (try Event(context, isTimed: true), try Event(context, isTimed: true))
  try start.record(in: stream)
  try executable.launch(in: stream)
  try end.record(in: stream)

  let first = try PinnedBuffer<Float>(context, count: 1)
  try values[0..<1].copy(to: first, in: stream)
  try stream.synchronize()
  let time = try end.milliseconds(since: start)
  print("1 doubled four times is \(first.elements[0]); the graph took \(time) ms")
  return try values.array().allSatisfy { $0 == 16 }
}

do { exit(try run() ? 0 : 1) } catch {
  print(error)
  exit(1)
}
