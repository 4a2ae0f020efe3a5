internal import CUDADriverBindings
public import LibraryLoader

/// Why something on the GPU did not work.
public enum CUDAError: Error, Sendable {
  /// A library of NVIDIA's could not be loaded: the driver, NVRTC or NVML. Without a GPU's driver
  /// there is no libcuda.so.1.
  case library(LoadError)
  /// A call to one of these libraries failed: which, its code's name and text.
  case call(CollectiveError)
  /// A kernel's source does not compile.
  case compilation(CompilationError)
  /// An argument is wrong whatever the GPU.
  case invalidArgument(String)
  /// There is no such device, or `CUDA_VISIBLE_DEVICES` hides it.
  case noSuchDevice(String)
}

extension CUDAError: CustomStringConvertible {
  /// What happened, with everything that is known.
  public var description: String {
    switch self {
    case .library(let error): "\(error)"
    case .call(let error): "\(error)"
    case .compilation(let error): "\(error)"
    case .invalidArgument(let text), .noSuchDevice(let text): text
    }
  }
}

extension CUDAError {
  /// Whether a call of the driver's ended with this code.
  func hasCode(_ code: CUResult) -> Bool {
    guard case .call(let failure) = self else { return false }
    return failure.kind == .status(code: Int(code.rawValue))
  }
}

/// Runs calls of a generated module; their errors become this module's.
func calling<Result>(
  _ body: () throws(CollectiveError) -> Result
) throws(CUDAError) -> Result {
  do throws(CollectiveError) { return try body() } catch { throw .call(error) }
}
