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
          old: left.defines.joined(separator: " "), new: right.defines.joined(separator: " ")))
    }
  }
}
