internal import CCUDADriverBindings
internal import CUDADriverBindings
internal import LibraryLoader

/// A launch whose memory is set up once, for kernels that take one struct and are launched often: a
/// launch then costs little more than the driver's call.
///
/// Only one thread may use it at a time.
package final class PreparedLaunch: @unchecked Sendable {
  /// The kernel.
  package let kernel: Kernel
  /// The struct, laid out as C does, which the driver copies at each launch.
  package let arguments: UnsafeMutableRawPointer

  private let attributes: UnsafeMutableRawPointer
  private let attributeCount: UInt32
  private let parameters: UnsafeMutablePointer<UnsafeMutableRawPointer?>

  /// - Parameter argumentBytes: The struct's size, which begins as zeros.
  package init(_ kernel: Kernel, argumentBytes: Int, overlapsPrevious: Bool) {
    self.kernel = kernel
    arguments = .allocate(byteCount: argumentBytes, alignment: 16)
    arguments.initializeMemory(as: UInt8.self, repeating: 0, count: argumentBytes)
    var attributes = LaunchAttributes()
    if overlapsPrevious { attributes.append(.programmaticStreamSerialization) }
    self.attributes = attributes.allocate()
    attributeCount = attributes.count
    parameters = .allocate(capacity: 1)
    parameters.initialize(to: arguments)
  }

  deinit {
    parameters.deallocate()
    attributes.deallocate()
    arguments.deallocate()
  }

  /// Puts the kernel into a stream of its context's. Does not block.
  ///
  /// - C: `cuLaunchKernelEx`
  package func launch(
    blocks: UInt32, threads: UInt32, in stream: Stream
  ) throws(CUDAError) {
    var configuration = CULaunchConfig()
    (configuration.gridDimX, configuration.gridDimY, configuration.gridDimZ) = (blocks, 1, 1)
    (configuration.blockDimX, configuration.blockDimY, configuration.blockDimZ) = (threads, 1, 1)
    configuration.hStream = stream.handle.rawValue
    configuration.attrs = attributes
    configuration.numAttrs = attributeCount
    try stream.context.call { (driver) throws(CollectiveError) in
      try driver.launchKernelEx(
        config: &configuration, f: kernel.handle, kernelParams: parameters, extra: nil)
    }
  }
}
