public import CUDARuntime
public import CollectiveInterface
internal import LibraryLoader

/// What a library's collectives work on: a GPU, or the CPU where a stand-in is loaded.
public struct Accelerator: Sendable {
  enum Place: Sendable {
    case cuda(Context)
    case host(HostFunctions)
    case external
  }

  let place: Place

  /// A GPU.
  public static func cuda(_ context: Context) -> Accelerator {
    Accelerator(place: .cuda(context))
  }

  /// The CPU.
  ///
  /// - Throws: `CommunicatorError` of kind `unsupported` if the library is a real one.
  public static func host(_ library: any CollectiveLibrary) throws(CommunicatorError) -> Accelerator
  {
    guard let functions = HostFunctions(library) else {
      throw CommunicatorError(
        .unsupported, in: "Accelerator.host",
        "\(library.library.path) works on devices, not on the CPU")
    }
    return Accelerator(place: .host(functions))
  }

  /// A device that this package has no run time for: the program makes it current for the calling
  /// thread, and brings its own memory and streams (`BorrowedMemory`, `BorrowedStream`).
  public static let external = Accelerator(place: .external)

  /// The CPU if the library is a stand-in, else the GPU with this number.
  ///
  /// - Parameter device: The number of the GPU among those that the process sees; ranks of one host
  ///   have different ones.
  /// - Throws: `CommunicatorError` of kind `device` if there is none.
  public static func automatic(
    _ library: any CollectiveLibrary, device: Int
  ) throws(CommunicatorError) -> Accelerator {
    if let functions = HostFunctions(library) { return Accelerator(place: .host(functions)) }
    do throws(CUDAError) { return .cuda(try Context(try CUDA().device(device))) } catch {
      throw CommunicatorError(error, in: "Accelerator")
    }
  }

  /// The GPU's context; nil where there is none.
  public var context: Context? {
    if case .cuda(let context) = place { context } else { nil }
  }

  /// Memory with the elements of an array in it. Blocks until they are there.
  ///
  /// - Throws: `CommunicatorError` of kind `device` where there is not enough memory, `unsupported`
  ///   for an external accelerator.
  public func makeBuffer<Element: CollectiveElement>(
    _ elements: [Element]
  ) throws(CommunicatorError) -> Buffer<Element> {
    switch place {
    case .cuda(let context):
      do throws(CUDAError) { return Buffer(.device(try DeviceBuffer(context, elements))) } catch {
        throw CommunicatorError(error, in: "makeBuffer")
      }
    case .host: return Buffer(.host(HostBuffer(elements)))
    case .external: throw external("makeBuffer")
    }
  }

  /// Memory for elements; what is in it is undefined.
  public func makeBuffer<Element: CollectiveElement>(
    of type: Element.Type, count: Int
  ) throws(CommunicatorError) -> Buffer<Element> {
    guard count >= 0 else {
      throw CommunicatorError(
        .invalidArgument, in: "makeBuffer", "a buffer cannot have \(count) elements")
    }
    switch place {
    case .cuda(let context):
      do throws(CUDAError) {
        return Buffer(.device(try DeviceBuffer(context, count: count)))
      } catch { throw CommunicatorError(error, in: "makeBuffer") }
    case .host: return Buffer(.host(HostBuffer([Element](repeating: .zero, count: count))))
    case .external: throw external("makeBuffer")
    }
  }

  /// A new queue of work.
  public func makeStream() throws(CommunicatorError) -> any CollectiveStream {
    switch place {
    case .cuda(let context):
      do throws(CUDAError) { return try Stream(context) } catch {
        throw CommunicatorError(error, in: "makeStream")
      }
    case .host(let functions): return try HostStream(functions)
    case .external: throw external("makeStream")
    }
  }

  /// Runs calls of the library with this as the calling thread's device.
  func withCurrent<Result>(
    _ body: () throws(CommunicatorError) -> Result
  ) throws(CommunicatorError) -> Result {
    guard case .cuda(let context) = place else { return try body() }
    return try context.withCurrent(
      failure: { CommunicatorError($0, in: "Context.withCurrent") }, body)
  }

  private func external(_ operation: String) -> CommunicatorError {
    CommunicatorError(
      .unsupported, in: operation, "an external accelerator's memory and streams are the program's")
  }
}

/// A stream that somebody else owns, of a run time that this package does not know.
public struct BorrowedStream: CollectiveStream {
  /// The run time's handle.
  public nonisolated(unsafe) let address: UnsafeMutableRawPointer?
  private let query: @Sendable () -> Bool

  /// A stream, and how to ask whether everything in it is done.
  public init(_ address: UnsafeMutableRawPointer?, hasFinished: @escaping @Sendable () -> Bool) {
    self.address = address
    query = hasFinished
  }

  /// Whether everything in it is done.
  public func hasFinished() -> Bool { query() }
}
