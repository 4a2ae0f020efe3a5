internal import CCUDADriverBindings
public import CUDADriverBindings
internal import LibraryLoader

/// Compiled code on a device.
public final class Module: Sendable {
  /// Where it is loaded.
  public let context: Context
  /// The driver's handle.
  public let handle: CUModule

  /// Loads a cubin, a fat binary, or PTX as text that ends with a zero.
  ///
  /// - C: `cuModuleLoadData`
  public init(_ context: Context, image: [UInt8]) throws(CUDAError) {
    guard !image.isEmpty else { throw .invalidArgument("the image is empty") }
    self.context = context
    handle = try image.withUnsafeBufferPointer { (bytes) throws(CUDAError) in
      try context.call { (driver) throws(CollectiveError) in
        try driver.moduleLoadData(image: bytes.baseAddress)
      }
    }
  }

  deinit {
    context.withCurrent { (driver) in _ = driver.functions.cuModuleUnload?(handle.rawValue) }
  }

  /// A kernel by its name; C++ mangles names that are not `extern "C"`.
  ///
  /// - C: `cuModuleGetFunction`
  public func kernel(_ name: String) throws(CUDAError) -> Kernel {
    Kernel(
      module: self, name: name,
      handle: try context.call { (driver) throws(CollectiveError) in
        try driver.moduleGetFunction(module: handle, name: name)
      })
  }
}

/// A function that runs on a device in many threads at once.
public struct Kernel: Sendable {
  /// What it is part of.
  public let module: Module
  /// Its name in the module.
  public let name: String
  /// The driver's handle.
  public let handle: CUFunction

  /// What the compiler says of it: registers, memory.
  ///
  /// - C: `cuFuncGetAttribute`
  public func attribute(_ attribute: CUFunctionAttribute) throws(CUDAError) -> Int {
    Int(
      try module.context.call { (driver) throws(CollectiveError) in
        try driver.funcGetAttribute(attrib: attribute, hfunc: handle)
      })
  }

  /// - C: `cuFuncSetAttribute`
  public func setAttribute(_ attribute: CUFunctionAttribute, _ value: Int) throws(CUDAError) {
    try module.context.call { (driver) throws(CollectiveError) in
      try driver.funcSetAttribute(
        hfunc: handle, attrib: attribute, value: Int32(clamping: value))
    }
  }

  /// Has the driver bring the code to the device now: what is loaded at the first launch would
  /// break a capture.
  ///
  /// - C: `cuFuncLoad`
  public func load() throws(CUDAError) {
    try module.context.call { (driver) throws(CollectiveError) in
      try driver.funcLoad(function: handle)
    }
  }

  /// How many blocks of so many threads one multiprocessor runs at once.
  ///
  /// - C: `cuOccupancyMaxActiveBlocksPerMultiprocessor`
  public func blocksPerMultiprocessor(
    threads: Int, sharedBytes: Int = 0
  ) throws(CUDAError) -> Int {
    Int(
      try module.context.call { (driver) throws(CollectiveError) in
        try driver.occupancyMaxActiveBlocksPerMultiprocessor(
          func: handle, blockSize: Int32(clamping: threads), dynamicSMemSize: sharedBytes)
      })
  }
}
