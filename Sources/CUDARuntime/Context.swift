internal import CCUDADriverBindings
public import CUDADriverBindings
internal import LibraryLoader

/// A device's primary context: the one that CUDA's run time, and so NCCL and PyTorch, use too.
///
/// It is retained while this object lives. The methods of everything made in a context make it the
/// calling thread's for the time of the call, so that a thread can work with several devices; who
/// calls the driver or NCCL directly uses `makeCurrent()` or `withCurrent(_:)`.
public final class Context: Sendable {
  /// Whose context it is.
  public let device: Device
  /// The driver's handle.
  public let handle: CUContext

  var driver: CUDADriver { device.cuda.driver }

  /// Retains the device's primary context, which the driver makes if there is none yet; that takes
  /// a tenth of a second or more.
  ///
  /// - C: `cuDevicePrimaryCtxRetain`
  public init(_ device: Device) throws(CUDAError) {
    self.device = device
    handle = try calling { () throws(CollectiveError) in
      try device.cuda.driver.devicePrimaryCtxRetain(device: device.handle)
    }
  }

  deinit {
    // Nobody could do anything about a failure.
    _ = driver.functions.cuDevicePrimaryCtxRelease_v2?(device.handle)
  }

  /// Makes this the calling thread's context until another one is. NCCL works on the device of the
  /// calling thread's context.
  ///
  /// - C: `cuCtxSetCurrent`
  public func makeCurrent() throws(CUDAError) {
    try calling { () throws(CollectiveError) in try driver.ctxSetCurrent(context: handle) }
  }

  /// Runs `body` with this as the calling thread's context, and puts back the one before.
  ///
  /// - C: `cuCtxPushCurrent`, `cuCtxPopCurrent`
  public func withCurrent<Result>(
    _ body: () throws(CUDAError) -> Result
  ) throws(CUDAError) -> Result {
    try withCurrent(failure: { $0 }, body)
  }

  /// The same for a body with errors of its own; `failure` makes one of the driver's.
  package func withCurrent<Result, Failure: Error>(
    failure: (CUDAError) -> Failure, _ body: () throws(Failure) -> Result
  ) throws(Failure) -> Result {
    var current: UnsafeMutableRawPointer?
    // Most threads work with one device: then there is nothing to do.
    if driver.functions.cuCtxGetCurrent?(&current) == 0, current == handle.rawValue {
      return try body()
    }
    do throws(CollectiveError) { try driver.ctxPushCurrent(context: handle) } catch {
      throw failure(.call(error))
    }
    defer { _ = driver.functions.cuCtxPopCurrent_v2?(&current) }
    return try body()
  }

  /// The same for what cannot fail, such as giving memory back.
  func withCurrent(freeing body: (CUDADriver) -> Void) {
    var current: UnsafeMutableRawPointer?
    guard driver.functions.cuCtxPushCurrent_v2?(handle.rawValue) == 0 else { return }
    body(driver)
    _ = driver.functions.cuCtxPopCurrent_v2?(&current)
  }

  /// A call of the driver's in this context.
  func call<Result>(
    _ body: (CUDADriver) throws(CollectiveError) -> Result
  ) throws(CUDAError) -> Result {
    try withCurrent { () throws(CUDAError) in
      do throws(CollectiveError) { return try body(driver) } catch { throw .call(error) }
    }
  }

  /// A question of the driver's whether work is done. It is asked often, and "not yet" is no failure:
  /// so `ask` is tried first, and `call`, which makes an error of what else the driver says, after it.
  func isDone(
    _ ask: (CUDADriver) -> CUResult.RawValue?, _ call: (CUDADriver) throws(CollectiveError) -> Void
  ) throws(CUDAError) -> Bool {
    try withCurrent { () throws(CUDAError) in
      switch ask(driver) {
      case CUResult.success.rawValue: return true
      case CUResult.errorNotReady.rawValue: return false
      default:
        do throws(CollectiveError) { try call(driver) } catch { throw .call(error) }
        return true
      }
    }
  }

  /// Waits until everything that was handed to the device in this context is done. Blocks.
  ///
  /// - C: `cuCtxSynchronize`
  public func synchronize() throws(CUDAError) {
    try call { (driver) throws(CollectiveError) in try driver.ctxSynchronize() }
  }

  /// In bytes.
  ///
  /// - C: `cuMemGetInfo`
  public func memory() throws(CUDAError) -> (free: Int, total: Int) {
    try call { (driver) throws(CollectiveError) in try driver.memGetInfo() }
  }
}
