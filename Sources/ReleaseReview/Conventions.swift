package import BindingPlan
package import HeaderDiff

extension VendorConventions {
  /// What the rules of a diff need to know, from the profile.
  package init(_ profile: VendorProfile) {
    var macros: Set<String> = []
    switch profile.header.release {
    case .none: break
    case .code(let name): macros.insert(name)
    case .parts(let names): macros.formUnion(names)
    }
    if let name = profile.library.versionMacro { macros.insert(name) }
    self.init(
      versionedStructures: Dictionary(
        profile.versionedStructures.map {
          ($0.type, VersionedStructure(initializer: $0.initializer))
        }, uniquingKeysWith: { $1 }),
      sentinels: Set(profile.sentinels), releaseMacros: macros,
      twins: profile.functions.twins, twinPrefix: profile.functions.twinPrefix)
  }
}
