extension Rule {
  static let enumerations = [
    enumerationAdded, enumerationRemoved, enumerationTagRenamed, underlyingTypeResized,
    underlyingTypeSign, enumeratorAdded, enumeratorRemoved, enumeratorRenumbered,
    enumeratorRenamed, enumeratorAliased, sentinelMoved, sentinelAdded, sentinelRemoved,
    sentinelNumberReused, numberReused, enumeratorMoved, aliasRemoved,
  ]

  static let enumerationAdded = Rule(
    "enumeration-added", source: .compatible, abi: .compatible, swift: .compatible,
    "an enumeration that older releases lack", advice: "nothing")
  static let enumerationRemoved = Rule(
    "enumeration-removed", source: .breaking, abi: .compatible, swift: .conditional,
    "its names no longer compile", advice: "the module keeps it for the releases that have it")
  static let enumerationTagRenamed = Rule(
    "enumeration-tag-renamed", source: .conditional, abi: .compatible, swift: .compatible,
    "the tag has another name or is gone, the typedef stays",
    advice: "only code that writes `enum TAG` has to change")
  static let underlyingTypeResized = Rule(
    "underlying-type-resized", source: .conditional, abi: .breaking, swift: .conditional,
    "the enumeration takes another number of bytes in parameters and fields",
    advice: "recompile; the module carries both signatures")
  static let underlyingTypeSign = Rule(
    "underlying-type-sign", source: .conditional, abi: .conditional, swift: .conditional,
    "the enumeration's integer type changed its sign, not its size",
    advice: "comparisons and conversions of numbers without a name may come out differently")
  static let enumeratorAdded = Rule(
    "enumerator-added", source: .conditional, abi: .compatible, swift: .compatible,
    "a value that older releases lack",
    advice: "a C switch without default draws a warning; Swift's enumerations are open. "
      + "Never pass it to an older library")
  static let enumeratorRemoved = Rule(
    "enumerator-removed", source: .breaking, abi: .conditional, swift: .conditional,
    "the name no longer compiles",
    advice: "the number may be refused by the new library; the module keeps the name and its "
      + "releases")
  static let enumeratorRenumbered = Rule(
    "enumerator-renumbered", source: .conditional, abi: .breaking, swift: .breaking,
    "the same name with another number: old programs say something else than they mean",
    advice: "recompile; the module leaves out a name whose number depends on the release")
  static let enumeratorRenamed = Rule(
    "enumerator-renamed", source: .breaking, abi: .compatible, swift: .conditional,
    "the same number under another name",
    advice: "the module keeps both names, with their releases")
  static let enumeratorAliased = Rule(
    "enumerator-aliased", source: .compatible, abi: .compatible, swift: .compatible,
    "a second name for a number", advice: "nothing")
  static let sentinelMoved = Rule(
    "sentinel-moved", source: .conditional, abi: .conditional, swift: .compatible,
    "a count or range end has another number, as the enumeration grew",
    advice: "arrays and checks that were sized with it cover the old values only; recompile. "
      + "Swift has no such name")
  static let sentinelAdded = Rule(
    "sentinel-added", source: .compatible, abi: .compatible, swift: .compatible,
    "a count or range end more", advice: "nothing")
  static let sentinelRemoved = Rule(
    "sentinel-removed", source: .breaking, abi: .compatible, swift: .compatible,
    "a count or range end less", advice: "code that sized arrays with it has to change")
  static let sentinelNumberReused = Rule(
    "sentinel-number-reused", source: .conditional, abi: .conditional, swift: .compatible,
    "a new value with the number that a count or range end had",
    advice: "decode with the loaded release's names, as the module does: with the older ones the "
      + "value looks like the count")
  static let numberReused = Rule(
    "number-reused", source: .conditional, abi: .breaking, swift: .conditional,
    "a new value with a number that meant something else before",
    advice: "recompile, and decode with the loaded release's names")
  static let enumeratorMoved = Rule(
    "enumerator-moved", source: .conditional, abi: .compatible, swift: .breaking,
    "the name belongs to another enumeration now",
    advice: "its C type and its place in Swift are others; the number is the same")
  static let aliasRemoved = Rule(
    "enumerator-alias-removed", source: .breaking, abi: .compatible, swift: .conditional,
    "one of two names for a number is gone",
    advice: "write the other name; the module keeps both, with their releases")
}
