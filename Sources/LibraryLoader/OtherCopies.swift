internal import CLibraryLoader

/// Finds other loaded objects that are, or contain, the vendor's library: PyTorch brings its own
/// NCCL, as a file or linked into one of its libraries.
struct OtherCopies {
  private let library: LoadedLibrary
  /// File names without version: "libnccl.so".
  private let families: [String]
  /// A function whose definition makes an object a copy.
  private let landmark: String?

  init(of library: LoadedLibrary) {
    self.library = library
    let description = library.libraryDescription
    let names = description.names + [Self.lastComponent(library.path)]
    families = names.map(Self.family)
    let present = library.resolution.entries.first { entry in
      if case .exported = entry.presence { true } else { false }
    }
    landmark =
      description.version.call?.function.text
      ?? present.map { description.symbols[$0.rows.lowerBound].name.text }
  }

  func find() -> [LibraryReport.OtherCopy] {
    var copies: [LibraryReport.OtherCopy] = []
    for name in Self.loadedNames() {
      guard let handle = CLibraryLoader_reference(name) else { continue }
      defer { CLibraryLoader_release(handle) }
      let other = LoadedObject(handle: handle)
      guard other != library.object, isCopy(other, name) else { continue }
      copies.append(
        LibraryReport.OtherCopy(
          path: name.isEmpty ? "" : other.path,
          isGlobal: landmark.map(other.providesGlobally) ?? false))
    }
    return copies.sorted { $0.path < $1.path }
  }

  private func isCopy(_ other: LoadedObject, _ name: String) -> Bool {
    let file = Self.lastComponent(name)
    if families.contains(where: { file == $0 || file.hasPrefix("\($0).") }) { return true }
    guard let landmark, case .own = other.symbol(landmark) else { return false }
    return true
  }

  /// "libnccl.so.2" -> "libnccl.so".
  private static func family(_ name: String) -> String {
    var parts = name.split(separator: ".", omittingEmptySubsequences: false)
    while parts.count > 1, let last = parts.last, Int(last) != nil { parts.removeLast() }
    return parts.joined(separator: ".")
  }

  private static func lastComponent(_ path: String) -> String {
    path.split(separator: "/").last.map(String.init) ?? ""
  }

  /// The names are collected first: the loader must not be called while it lists its objects.
  private static func loadedNames() -> [String] {
    var names: [String] = []
    withUnsafeMutablePointer(to: &names) { pointer in
      CLibraryLoader_forEachObject(
        { name, context in
          context?.assumingMemoryBound(to: [String].self).pointee.append(String(cString: name))
        }, pointer)
    }
    return names
  }
}
