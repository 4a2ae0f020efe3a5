public import CUDARuntime

/// Elements in the memory of an accelerator, whichever that is: for programs that are to run on GPUs
/// and, with the CPU stand-ins, on a laptop.
public struct Buffer<Element: CollectiveElement>: Sendable, CollectiveMemory {
  /// Whose memory it is.
  public enum Storage: Sendable {
    case device(DeviceBuffer<Element>)
    case host(HostBuffer<Element>)
  }

  /// Whose memory it is.
  public let storage: Storage

  init(_ storage: Storage) { self.storage = storage }

  /// In elements.
  public var count: Int {
    switch storage {
    case .device(let buffer): buffer.count
    case .host(let buffer): buffer.count
    }
  }

  /// Where they begin.
  public var address: UnsafeMutableRawPointer? {
    switch storage {
    case .device(let buffer): buffer.address
    case .host(let buffer): buffer.address
    }
  }

  /// Some of the elements, in the same memory.
  ///
  /// - Precondition: They are all there.
  public subscript(range: Range<Int>) -> Buffer {
    switch storage {
    case .device(let buffer): Buffer(.device(buffer[range]))
    case .host(let buffer): Buffer(.host(buffer[range]))
    }
  }

  /// Copies an array to the beginning. Blocks until it is there.
  ///
  /// - Throws: `CommunicatorError` of kind `invalidArgument` if it does not fit, `device` if the
  ///   driver fails.
  public func copy(from elements: [Element]) throws(CommunicatorError) {
    guard elements.count <= count else {
      throw CommunicatorError(
        .invalidArgument, in: "copy", "\(elements.count) elements do not fit into \(count)")
    }
    switch storage {
    case .device(let buffer):
      do throws(CUDAError) { try buffer.copy(from: elements) } catch {
        throw CommunicatorError(error, in: "copy")
      }
    case .host(let buffer):
      elements.withUnsafeBytes {
        UnsafeMutableRawBufferPointer(buffer.elements).copyMemory(from: $0)
      }
    }
  }

  /// All elements. Blocks until they are there; does not wait for streams.
  public func array() throws(CommunicatorError) -> [Element] {
    switch storage {
    case .device(let buffer):
      do throws(CUDAError) { return try buffer.array() } catch {
        throw CommunicatorError(error, in: "array")
      }
    case .host(let buffer): return Array(buffer.elements)
    }
  }
}
