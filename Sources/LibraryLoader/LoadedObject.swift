internal import CLibraryLoader
internal import Glibc

/// An object that the dynamic loader has loaded, by its handle.
///
/// It is never closed. The addresses in function tables must stay valid, and the libraries at hand
/// start threads and register exit and thread-local destructors that would run unmapped code.
struct LoadedObject: @unchecked Sendable, Hashable {  // The dl functions are safe in every thread.
  enum Symbol {
    case own(UnsafeMutableRawPointer)
    /// Found, but in another object that this one depends on; the loader's name of that.
    case foreign(String)
    case absent
  }

  struct Failure: Error {
    /// dlerror's words.
    let message: String
  }

  /// The same for every dlopen of one loaded file, however it was named: the loader compares names,
  /// then device and inode.
  let handle: UnsafeMutableRawPointer

  /// Opens with RTLD_NOW (a library that lacks a dependency's symbol fails here and not in the
  /// middle of a collective) and RTLD_LOCAL (its symbols do not leak into other libraries).
  static func open(_ path: String) throws(Failure) -> LoadedObject {
    var handle: UnsafeMutableRawPointer?
    let message = withUnsafeTemporaryAllocation(of: CChar.self, capacity: 4096) { buffer in
      guard let base = buffer.baseAddress else { return "" }
      handle = CLibraryLoader_open(path, base, buffer.count)
      return handle == nil ? String(cString: base) : ""
    }
    guard let handle else { throw Failure(message: message) }
    return LoadedObject(handle: handle)
  }

  static func isLoaded(_ path: String) -> Bool { CLibraryLoader_isLoaded(path) }

  func symbol(_ name: StaticString) -> Symbol {
    guard name.hasPointerRepresentation else { return symbol(name.text) }
    // A StaticString's text ends with a NUL.
    return name.utf8Start.withMemoryRebound(to: CChar.self, capacity: name.utf8CodeUnitCount + 1) {
      symbol(cName: $0)
    }
  }

  func symbol(_ name: String) -> Symbol {
    name.withCString { symbol(cName: $0) }
  }

  private func symbol(cName: UnsafePointer<CChar>) -> Symbol {
    var foreign: UnsafeMutableRawPointer?
    if let address = CLibraryLoader_symbol(handle, cName, &foreign) { return .own(address) }
    guard let foreign else { return .absent }
    return .foreign(CLibraryLoader_ownerName(foreign).map { String(cString: $0) } ?? "")
  }

  /// The file as the loader names it, with links resolved.
  var path: String {
    let name = CLibraryLoader_objectName(handle).map { String(cString: $0) } ?? ""
    return resolvedPath(name) ?? name
  }

  /// Whether other libraries of the process find `name` in this object.
  func providesGlobally(_ name: String) -> Bool { CLibraryLoader_isGlobal(handle, name) }
}

/// The absolute path without links; nil where there is no such file.
func resolvedPath(_ path: String) -> String? {
  guard let resolved = realpath(path, nil) else { return nil }
  defer { free(resolved) }
  return String(cString: resolved)
}
