import HeaderModel

/// How the headers were read, which may be all that makes them different.
extension Comparison {
  mutating func compareContext() {
    let (left, right) = (old.header, new.header)
    if left.target != right.target {
      add(
        Change(
          .targetChanged, .context, .changed, "target", old: left.target, new: right.target))
    }
    if left.defines != right.defines {
      add(
        Change(
          .definesChanged, .context, .changed, "defines",
          old: Self.list(left.defines), new: Self.list(right.defines)))
    }
  }

  private static func list(_ defines: [String]) -> String? {
    defines.isEmpty ? nil : defines.joined(separator: " ")
  }
}
