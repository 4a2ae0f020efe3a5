package import HeaderModel

extension VendorProfile {
  /// The release that a header's own macros say it is of; `nil` where the profile names none or
  /// the header lacks them.
  package func release(of header: Header) -> Release? {
    func value(_ name: String) -> Int? {
      guard case .integer(let value, _)? = header.macros.first(where: { $0.name == name })?.value
      else { return nil }
      return Int(exactly: value)
    }
    switch self.header.release {
    case .none: return nil
    case .code(let name):
      guard let code = value(name) else { return nil }
      return library.versionCode.lazy.compactMap { $0.decode(code) }.first
    case .parts(let names):
      let values = names.compactMap(value)
      guard values.count == names.count, let major = values.first,
        values.allSatisfy({ $0 >= 0 })
      else { return nil }
      return Release(
        major, values.count > 1 ? values[1] : 0, values.count > 2 ? values[2] : 0)
    }
  }
}
