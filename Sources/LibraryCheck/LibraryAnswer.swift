import BindingPlan
import HeaderModel

/// What the running library said when it was asked for its version.
package enum LibraryAnswer: Sendable, Equatable {
  /// Nothing of it was run.
  case notAsked
  /// What its version function wrote.
  case said([Int])
  /// It could not be asked, and why.
  case failed(String)

  /// The version code; nil for a vendor that gives parts.
  func versionCode(_ library: VendorProfile.Library) -> Int? {
    guard case .said(let values) = self, !library.versionCode.isEmpty else { return nil }
    return values.first
  }

  func release(_ library: VendorProfile.Library) -> Release? {
    guard case .said(let values) = self, let first = values.first else { return nil }
    guard library.versionCode.isEmpty else {
      return library.versionCode.lazy.compactMap { $0.decode(first) }.first
    }
    return Release(
      first, values.count > 1 ? values[1] : 0, values.count > 2 ? values[2] : 0)
  }
}
