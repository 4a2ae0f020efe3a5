import CUDARuntime
import LibraryLoader
import Testing

/// A machine without a GPU gets an error that says what is missing.
@Suite struct WithoutGPUTests {
  @Test func theDriverIsNotThere() {
    #expect {
      try CUDA(LoadOptions(path: "/nowhere/libcuda.so.1"))
    } throws: { error in
      guard case .library(.notFound) = error as? CUDAError else { return false }
      return "\(error)".contains("/nowhere/libcuda.so.1")
    }
  }
}
