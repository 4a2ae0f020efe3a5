internal import Glibc

/// What a loaded library says about its own release.
struct LibraryVersion {
  static let unknown = LibraryVersion(release: nil, code: nil)

  /// nil where the library cannot say, or gives a code that no rule decodes.
  let release: LibraryRelease?
  let code: Int?

  /// The status of a version function that failed.
  struct Failure: Error {
    let function: String
    let status: Int
  }

  /// A library without its vendor's version function is one of unknown release: a missing symbol
  /// alone is no reason to refuse it.
  static func read(
    from object: LoadedObject, _ query: VersionQuery
  ) throws(Failure) -> LibraryVersion {
    guard let (function, count) = query.call, case .own(let address) = object.symbol(function)
    else {
      return .unknown
    }
    let (status, values) = call(address, count)
    guard status == 0 else { throw Failure(function: function.text, status: Int(status)) }
    switch query {
    case .none:
      return .unknown
    case .code(_, let rules):
      let code = Int(values.0)
      let release = rules.lazy.compactMap { $0.decode(code) }.first
      return LibraryVersion(release: release, code: code)
    case .parts:
      guard values != (0, 0, 0) else { return .unknown }  // It has written nothing.
      let release = LibraryRelease(Int(values.0), Int(values.1), Int(values.2))
      return LibraryVersion(release: release, code: nil)
    }
  }

  private typealias Values = (CInt, CInt, CInt)
  private typealias Pointer = UnsafeMutablePointer<CInt>
  private typealias One = @convention(c) (Pointer) -> CInt
  private typealias Two = @convention(c) (Pointer, Pointer) -> CInt
  private typealias Three = @convention(c) (Pointer, Pointer, Pointer) -> CInt

  private static func call(_ address: UnsafeMutableRawPointer, _ count: Int) -> (CInt, Values) {
    var first: CInt = 0
    var second: CInt = 0
    var third: CInt = 0
    let status =
      switch count {
      case 1: unsafeBitCast(address, to: One.self)(&first)
      case 2: unsafeBitCast(address, to: Two.self)(&first, &second)
      default: unsafeBitCast(address, to: Three.self)(&first, &second, &third)
      }
    return (status, (first, second, third))
  }
}
