import CollectiveInterface
import LibraryLoader
import NCCLBindings
import SUCCLBindings
import TestSupport
import VCCLBindings

/// A vendor with a host shim.
enum HostVendor: String, CaseIterable, Sendable {
  case nccl, succl, vccl

  /// The shim's file.
  var path: String { "\(productsDirectory())lib\(rawValue)-host.so" }

  /// The shim, through the vendor's generated module.
  func load() throws -> any CollectiveLibrary {
    switch self {
    case .nccl: try NCCLLibrary.load(path: path)
    case .succl: try SUCCLLibrary.load(path: path)
    case .vccl: try VCCLLibrary.load(LoadOptions(path: path, flavour: "relay-buffer"))
    }
  }
}

extension CollectiveLibrary {
  /// A function of the shim's that is no vendor's.
  func hostFunction<Function>(_ name: String, as type: Function.Type) throws -> Function {
    guard let address = library.address(ofSymbol: name) else {
      throw Unexpected("\(library.path) has no \(name)")
    }
    return unsafeBitCast(address, to: type)
  }

  func makeUniqueID() throws -> [UInt8] {
    guard case .bytes(let bytes) = try call(.getUniqueID, CommunicatorArguments()) else {
      throw Unexpected("a unique id that is not bytes")
    }
    return bytes
  }

  func call(
    _ operation: CollectiveOperation, _ set: (inout CommunicatorArguments) -> Void
  ) throws(CollectiveError) -> CollectiveValue {
    var arguments = CommunicatorArguments()
    set(&arguments)
    return try call(operation, arguments)
  }

  /// The handle that an operation makes.
  func make(
    _ operation: CollectiveOperation, _ set: (inout CommunicatorArguments) -> Void
  ) throws -> UnsafeMutableRawPointer {
    guard let handle = try call(operation, set).handle else {
      throw Unexpected("\(operation) made nothing")
    }
    return handle
  }

  func integer(
    _ operation: CollectiveOperation, of comm: UnsafeMutableRawPointer?
  ) throws -> Int {
    guard case .integer(let value) = try call(operation, { $0.comm = comm }) else {
      throw Unexpected("\(operation) returned no integer")
    }
    return value
  }
}

extension CollectiveValue {
  /// What is there once the call has returned; `nil` if that is none.
  var handle: UnsafeMutableRawPointer? {
    switch self {
    case .pointer(let bits): UnsafeMutableRawPointer(bitPattern: bits)
    case .late(let place): UnsafePointer<UnsafeMutableRawPointer?>(bitPattern: place)?.pointee
    default: nil
    }
  }
}
