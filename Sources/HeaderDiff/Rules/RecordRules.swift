extension Rule {
  static let records = [
    recordAdded, recordRemoved, recordTagRenamed, recordCompleted, recordBecameOpaque,
    recordKindChanged, recordPaddingGrew, recordShrank, recordAlignmentChanged, unionGrew,
  ]

  static let recordAdded = Rule(
    "record-added", source: .compatible, abi: .compatible, swift: .compatible,
    "a struct or union that older releases lack", advice: "nothing")
  static let recordRemoved = Rule(
    "record-removed", source: .breaking, abi: .conditional, swift: .conditional,
    "its name no longer compiles",
    advice: "whether binaries work depends on the functions that took it")
  static let recordTagRenamed = Rule(
    "record-tag-renamed", source: .conditional, abi: .compatible, swift: .compatible,
    "the tag has another name or is gone, the typedef stays",
    advice: "only code that writes `struct TAG` has to change")
  static let recordCompleted = Rule(
    "record-completed", source: .compatible, abi: .compatible, swift: .compatible,
    "the header shows what it kept to itself before", advice: "nothing")
  static let recordBecameOpaque = Rule(
    "record-became-opaque", source: .breaking, abi: .conditional, swift: .breaking,
    "the header no longer shows what is in it",
    advice: "use it by pointer; binaries that look inside depend on a layout without a promise")
  static let recordKindChanged = Rule(
    "record-kind-changed", source: .breaking, abi: .breaking, swift: .breaking,
    "a struct became a union or a union a struct", advice: "review every use")
  static let recordPaddingGrew = Rule(
    "record-padding-grew", source: .compatible, abi: .conditional, swift: .compatible,
    "the size grew and no field tells of it: the end is padding",
    advice: "old programs hand in fewer bytes; harmless while the library touches none of them")
  static let recordShrank = Rule(
    "record-shrank", source: .compatible, abi: .breaking, swift: .conditional,
    "the record takes fewer bytes", advice: "recompile all that shares it")
  static let recordAlignmentChanged = Rule(
    "record-alignment-changed", source: .compatible, abi: .breaking, swift: .compatible,
    "the record must stand at other addresses",
    advice: "recompile all that allocates it or has it as a field")
  static let unionGrew = Rule(
    "union-grew", source: .compatible, abi: .conditional, swift: .conditional,
    "the union takes more bytes",
    advice: "old programs hand in fewer bytes than the library may write")
}

extension Rule {
  static let fields = [
    fieldAppended, fieldInTailPadding, versionedFieldAppended, versionedFieldInTailPadding,
    fieldInPadding, fieldInserted, fieldRemoved, fieldMoved, fieldRenamed, fieldRetyped,
    fieldChangedUnderneath, fieldRespelled, fieldSameLayout, fieldNumberConverted,
    unionMemberAdded, unionMemberRemoved, fieldFromReserve, reserveShrank, fieldIntoNameless,
  ]

  static let fieldAppended = Rule(
    "field-appended", source: .compatible, abi: .breaking, swift: .conditional,
    "the record grew at its end: old programs hand in fewer bytes than the library expects",
    advice: "recompile; harmless only where the library knows which layout it is given")
  static let fieldInTailPadding = Rule(
    "field-in-tail-padding", source: .compatible, abi: .conditional, swift: .conditional,
    "a field in what was padding at the end: the size does not tell old from new",
    advice: "old programs leave garbage there; harmless where they clear the whole record")
  static let versionedFieldAppended = Rule(
    "versioned-field-appended", source: .compatible, abi: .compatible, swift: .compatible,
    "a versioned structure grew at its end, which its size and version fields are for",
    advice: "nothing; the module lays it out for the loaded release and refuses a field that "
      + "it does not know")
  static let versionedFieldInTailPadding = Rule(
    "versioned-field-in-tail-padding", source: .compatible, abi: .compatible, swift: .compatible,
    "a versioned structure took a field into its padding: the size stays, only the version tells",
    advice: "never stamp the library's version on a layout of an older header, as the library "
      + "would read padding as the field; the module stamps the layout's own")
  static let fieldInPadding = Rule(
    "field-in-padding", source: .conditional, abi: .conditional, swift: .conditional,
    "a field in what was padding between two others: all offsets stay",
    advice: "old programs leave garbage there; positional initialisers in C shift")
  static let fieldInserted = Rule(
    "field-inserted", source: .conditional, abi: .breaking, swift: .conditional,
    "a field before others, which move",
    advice: "recompile; positional initialisers in C shift")
  static let fieldRemoved = Rule(
    "field-removed", source: .breaking, abi: .breaking, swift: .conditional,
    "code that names it no longer compiles, and what stood behind it may have moved",
    advice: "recompile after taking it out")
  static let fieldMoved = Rule(
    "field-moved", source: .compatible, abi: .breaking, swift: .compatible,
    "the field stands at another offset", advice: "recompile")
  static let fieldRenamed = Rule(
    "field-renamed", source: .breaking, abi: .compatible, swift: .breaking,
    "the same bytes under another name", advice: "rename it in the source")
  static let fieldRetyped = Rule(
    "field-retyped", source: .breaking, abi: .breaking, swift: .breaking,
    "the field holds another kind or number of bytes", advice: "review every use and recompile")
  static let fieldChangedUnderneath = Rule(
    "field-changed-underneath", source: .compatible, abi: .breaking, swift: .compatible,
    "the declaration is the same, but its type changed under it", advice: "recompile")
  static let fieldRespelled = Rule(
    "field-respelled", source: .compatible, abi: .compatible, swift: .compatible,
    "the same type under another name", advice: "nothing")
  static let fieldSameLayout = Rule(
    "field-retyped-same-layout", source: .breaking, abi: .compatible, swift: .conditional,
    "another type in the same bytes", advice: "binaries work; source needs a conversion")
  static let fieldNumberConverted = Rule(
    "field-number-converted", source: .conditional, abi: .compatible, swift: .conditional,
    "a number of another type in the same bytes",
    advice: "C converts it unseen; Swift wants the new type")
  static let unionMemberAdded = Rule(
    "union-member-added", source: .compatible, abi: .compatible, swift: .conditional,
    "the union can be read in one more way", advice: "nothing while its size stays")
  static let unionMemberRemoved = Rule(
    "union-member-removed", source: .breaking, abi: .conditional, swift: .conditional,
    "the union can be read in one way less; the other members stay where they are",
    advice: "binaries work while the library still takes what they write by it")
  static let fieldFromReserve = Rule(
    "field-from-reserve", source: .conditional, abi: .conditional, swift: .conditional,
    "a field in what was reserved: the size and all other offsets stay",
    advice: "old programs leave there what they did; harmless where they clear the whole record. "
      + "Positional initialisers in C shift")
  static let reserveShrank = Rule(
    "reserve-shrank", source: .conditional, abi: .compatible, swift: .conditional,
    "fewer bytes are reserved, as fields took some",
    advice: "only code that names them has to change")
  static let fieldIntoNameless = Rule(
    "field-into-nameless", source: .compatible, abi: .compatible, swift: .conditional,
    "the field is in a union or struct without a name now, in the same place",
    advice: "nothing in C; Swift's initialisers of the C struct want the inner one")
}
