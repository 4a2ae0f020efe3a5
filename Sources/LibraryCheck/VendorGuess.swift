package import BindingPlan
package import ELFSymbols
package import HeaderModel

/// Whose library a file is, as far as the profiles tell.
package enum VendorGuess {
  /// The only profile that has the library's soname and functions, or else the only one that has its
  /// functions. Vendors that ship theirs under another's names make this ambiguous; then the user
  /// must say.
  package static func profile(
    of library: SharedObject, among profiles: [VendorProfile]
  ) throws(Diagnostic) -> VendorProfile {
    let exports = Exports(library)
    let candidates = profiles.filter { $0.namedFunctions.contains(where: exports.has) }
    let fileName = library.path.split(separator: "/").last.map(String.init) ?? ""
    let family = family(library.soname ?? fileName)
    let named = candidates.filter { $0.library.names.contains { Self.family($0) == family } }
    if let only = named.count == 1 ? named.first : candidates.first,
      named.count == 1 || candidates.count == 1
    {
      return only
    }
    let choices = (candidates.isEmpty ? profiles : candidates).map(\.vendor)
    throw Diagnostic(
      .error, file: library.path,
      candidates.isEmpty
        ? "exports no function that a profile names"
        : "may be of several vendors: \(choices.joined(separator: ", "))",
      rule: "library-vendor",
      help: "say which with --vendor; there are: \(choices.joined(separator: ", "))")
  }

  /// `libnccl.so.2` to `libnccl.so`.
  private static func family(_ name: String) -> String {
    var parts = name.split(separator: ".", omittingEmptySubsequences: false)
    while parts.count > 1, let last = parts.last, Int(last) != nil { parts.removeLast() }
    return parts.joined(separator: ".")
  }
}

extension VendorProfile {
  /// Functions that the vendor's libraries are known by without a look at the models.
  fileprivate var namedFunctions: [String] {
    [library.versionFunction, library.errorText].compactMap(\.self) + functions.only + results.keys
  }
}
