internal import CUDARuntime

/// Gets the kernels for a device: from the cache, else from NVRTC.
struct KernelImages: Sendable {
  let compiler: Compiler
  let capability: ComputeCapability
  let cache: ImageCache

  /// An image and whether it had to be compiled.
  func image(for source: KernelSource) throws(CUDAError) -> (bytes: [UInt8], isNew: Bool) {
    let name = try fileName(for: source)
    if let bytes = cache.image(name) { return (bytes, false) }
    let bytes = try compiler.compile(source.program, for: capability).bytes
    cache.keep(bytes, as: name)
    return (bytes, true)
  }

  /// Says everything that the image depends on.
  func fileName(for source: KernelSource) throws(CUDAError) -> String {
    let release = try compiler.release()
    return "all-reduce-\(KernelSource.digest)-sm_\(capability.major)\(capability.minor)"
      + "-nvrtc-\(release.major).\(release.minor)-\(source.element.sourceName)-\(source.nRanks).cubin"
  }
}
