public import CUDADriverBindings
public import LibraryLoader
import NVMLBindings
internal import Synchronization

/// The GPUs of this machine, through NVIDIA's driver, which is loaded when it is asked for.
///
/// Safe to share between threads. One is enough for a program; more of them share the driver, and
/// so the devices and their primary contexts.
public final class CUDA: Sendable {
  /// The driver's own functions, for what this module does not cover.
  public let driver: CUDADriver

  private let management = Mutex<NVMLLibrary?>(nil)

  /// Takes a driver that is loaded already, and initialises it.
  ///
  /// - Throws: `CUDAError.call` where the driver finds no GPU, or does not fit the kernel module.
  /// - C: `cuInit`
  public init(_ driver: CUDADriver) throws(CUDAError) {
    self.driver = driver
    try calling { () throws(CollectiveError) in try driver.initialize(flags: 0) }
  }

  /// Finds and loads the driver: the first of the options' path, `CUDA_DRIVER_LIBRARY_PATH`,
  /// `libcuda.so.1`.
  ///
  /// - Throws: `CUDAError.library` on a machine without the driver.
  public convenience init(_ options: LoadOptions = LoadOptions()) throws(CUDAError) {
    let driver: CUDADriver
    do throws(LoadError) { driver = try .load(options) } catch { throw .library(error) }
    try self.init(driver)
  }

  /// The release of CUDA that the driver supports, such as 13.0; `nil` if it does not say.
  public var driverRelease: LibraryRelease? { driver.library.release }

  /// How many devices this process sees.
  ///
  /// - C: `cuDeviceGetCount`
  public func deviceCount() throws(CUDAError) -> Int {
    Int(try calling { () throws(CollectiveError) in try driver.deviceGetCount() })
  }

  /// NVML, loaded and initialised at the first use. It counts its users and is never shut down, as
  /// others in the process may use it too.
  func nvml() throws(CUDAError) -> NVMLLibrary {
    let known = management.withLock { $0 }
    if let known { return known }
    // Two threads may both come here: the loader gives both the same library.
    let library: NVMLLibrary
    do throws(LoadError) { library = try .load() } catch { throw .library(error) }
    try calling { () throws(CollectiveError) in try library.initialize() }
    management.withLock { $0 = library }
    return library
  }
}
