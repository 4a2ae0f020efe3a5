import BindingPlan
import ELFSymbols
package import HeaderModel

/// The model that a library is held against, and why that one.
package struct ModelChoice: Sendable {
  package enum Basis: Sendable, Equatable {
    /// The user named it.
    case named
    /// The library says that it is of this release.
    case versionCall
    /// The library says another release, of which there is no model; this is the newest before it.
    case beforeVersionCall
    /// Its exports differ least from what this model declares; others may fit as well.
    case exports(fitting: [String])
  }

  package let header: Header
  package let basis: Basis

  init(
    _ library: SharedObject, _ exports: Exports, _ profile: VendorProfile, models: [Header],
    named: Header?, answered: Release?, flavour: String?
  ) throws(Diagnostic) {
    let candidates = named.map { [$0] } ?? models
    guard !candidates.isEmpty else {
      throw Diagnostic(
        .error, file: library.path, "there are no models of \(profile.vendor) to check it against",
        rule: "models-missing", help: "add one with bindgen-coll add-release \(profile.vendor)")
    }
    let fits = Self.fits(candidates, known: models, exports)
    guard fits.contains(where: { $0.found > 0 }) else {
      throw Diagnostic(
        .error, file: library.path,
        "is not a \(profile.displayName) library: it exports none of its functions",
        rule: "library-vendor", help: "name the vendor that it is of with --vendor")
    }
    if let named {
      header = named
      basis = .named
      return
    }
    if let answered, let before = models.last(where: { $0.release <= answered })?.release {
      // Of a release's flavours the detected one, else the one whose exports fit.
      let ofRelease = fits.filter { $0.header.release == before }
      let ofFlavour = ofRelease.filter { $0.header.flavour == flavour }
      if let best = Self.best(ofFlavour.isEmpty ? ofRelease : ofFlavour).last {
        header = best.header
        basis = before == answered ? .versionCall : .beforeVersionCall
        return
      }
    }
    let best = Self.best(fits)
    guard let newest = best.last else {
      throw Diagnostic(
        .error, file: library.path, "no model fits it", rule: "models-missing")
    }
    header = newest.header
    basis = .exports(fitting: best.map(\.header.identifier))
  }

  /// How well a model fits.
  private struct Fit {
    let header: Header
    /// How much of what it declares is exported.
    let found: Int
    /// How much of what it declares is not, and how much is that only other models declare.
    let differences: Int
  }

  private static func fits(_ candidates: [Header], known models: [Header], _ exports: Exports)
    -> [Fit]
  {
    let all = models.reduce(into: Set<String>()) { $0.formUnion(DeclaredSymbols($1).all) }
    let known = all.filter(exports.has)
    return candidates.map { header in
      let declared = DeclaredSymbols(header).all
      let found = declared.count(where: exports.has)
      let foreign = known.count { !declared.contains($0) }
      return Fit(header: header, found: found, differences: declared.count - found + foreign)
    }
  }

  /// Those with the fewest differences, in the models' order.
  private static func best(_ fits: [Fit]) -> [Fit] {
    let fewest = fits.lazy.map(\.differences).min()
    return fits.filter { $0.differences == fewest }
  }
}
