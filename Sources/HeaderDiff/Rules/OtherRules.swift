extension Rule {
  static let typedefs = [
    typedefAdded, typedefRemoved, typedefRespelled, handleRetargeted, typedefBecamePointer,
    typedefSameABI, typedefNumberConverted, typedefNumberResized, typedefRetyped, callbackChanged,
    callbackSameABI,
  ]

  static let typedefAdded = Rule(
    "typedef-added", source: .compatible, abi: .compatible, swift: .compatible,
    "a type name more", advice: "nothing")
  static let typedefRemoved = Rule(
    "typedef-removed", source: .breaking, abi: .compatible, swift: .conditional,
    "code that writes the name no longer compiles",
    advice: "the module keeps what its releases need")
  static let typedefRespelled = Rule(
    "typedef-respelled", source: .compatible, abi: .compatible, swift: .compatible,
    "the same type by another way", advice: "nothing")
  static let handleRetargeted = Rule(
    "handle-retargeted", source: .conditional, abi: .compatible, swift: .compatible,
    "the handle points to a struct of another name, which stays out of sight",
    advice: "only code that writes `struct TAG` has to change")
  static let typedefBecamePointer = Rule(
    "typedef-became-pointer", source: .breaking, abi: .compatible, swift: .conditional,
    "the name used to be the hidden struct and is now a pointer to it",
    advice: "write NAME where the old header wanted NAME *; the same bits are passed, so binaries "
      + "work")
  static let typedefSameABI = Rule(
    "typedef-retyped-same-abi", source: .breaking, abi: .compatible, swift: .conditional,
    "another type with the same calling convention",
    advice: "binaries work; source may need conversions")
  static let typedefNumberConverted = Rule(
    "typedef-number-converted", source: .conditional, abi: .compatible, swift: .conditional,
    "a number of another type in the same bytes",
    advice: "C converts it unseen; Swift wants the new type")
  static let typedefNumberResized = Rule(
    "typedef-number-resized", source: .conditional, abi: .breaking, swift: .conditional,
    "a number of another width or kind",
    advice: "recompile all that uses it, and look at values near the limits")
  static let typedefRetyped = Rule(
    "typedef-retyped", source: .breaking, abi: .breaking, swift: .conditional,
    "another type with another size, layout or calling convention",
    advice: "review every use and recompile")
  static let callbackChanged = Rule(
    "callback-changed", source: .breaking, abi: .breaking, swift: .breaking,
    "the library calls the program's function with other arguments",
    advice: "change the function; a binary's function reads garbage")
  static let callbackSameABI = Rule(
    "callback-retyped-same-abi", source: .conditional, abi: .compatible, swift: .conditional,
    "the library calls the program's function with other C types and the same convention",
    advice: "binaries work; compilers warn, or refuse, until the function's declaration follows")

  static let macros = [
    macroAdded, macroRemoved, macroValueChanged, macroBodyChanged, macroRespelled,
    macroParametersChanged, releaseMacroChanged, initializerChanged, macroTypeChanged,
    macroBecameEnumerator, enumeratorBecameMacro,
  ]

  static let macroAdded = Rule(
    "macro-added", source: .compatible, abi: .compatible, swift: .compatible,
    "a macro that older releases lack", advice: "nothing")
  static let macroRemoved = Rule(
    "macro-removed", source: .breaking, abi: .compatible, swift: .conditional,
    "code that writes it no longer compiles, or takes another #if branch",
    advice: "the module keeps a constant and its releases")
  static let macroValueChanged = Rule(
    "macro-value-changed", source: .conditional, abi: .conditional, swift: .breaking,
    "another value, which old programs have compiled in",
    advice: "recompile; whether the library still takes the old value is the vendor's to say")
  static let macroBodyChanged = Rule(
    "macro-body-changed", source: .conditional, abi: .conditional, swift: .compatible,
    "the macro expands to something else, of which no value is known",
    advice: "compare the two texts")
  static let macroRespelled = Rule(
    "macro-respelled", source: .compatible, abi: .compatible, swift: .compatible,
    "written in another way, the same value", advice: "nothing")
  static let macroParametersChanged = Rule(
    "macro-parameters-changed", source: .breaking, abi: .compatible, swift: .compatible,
    "the macro takes other arguments", advice: "change its uses")
  static let releaseMacroChanged = Rule(
    "release-macro-changed", source: .compatible, abi: .compatible, swift: .compatible,
    "the header says which release it is of", advice: "nothing")
  static let initializerChanged = Rule(
    "initializer-changed", source: .compatible, abi: .compatible, swift: .compatible,
    "a versioned structure's initialiser follows its structure", advice: "nothing")
  static let macroTypeChanged = Rule(
    "macro-type-changed", source: .conditional, abi: .compatible, swift: .conditional,
    "the same number with another C type",
    advice: "expressions may be computed in another width")
  static let macroBecameEnumerator = Rule(
    "macro-became-enumerator", source: .conditional, abi: .compatible, swift: .conditional,
    "an enumeration has the name, with the same number",
    advice: "code that asks for it with #if or #ifdef has to ask for the release instead")
  static let enumeratorBecameMacro = Rule(
    "enumerator-became-macro", source: .conditional, abi: .compatible, swift: .conditional,
    "a macro has the name, with the same number",
    advice: "its C type may be another one, and its place in Swift is")

  static let variables = [
    variableAdded, variableRemoved, variableRetyped, variableSameLayout, variableConstAdded,
    variableConstRemoved, variableChangedUnderneath, variableRespelled, variableBecameStatic,
    staticBecameVariable,
  ]

  static let variableAdded = Rule(
    "variable-added", source: .compatible, abi: .compatible, swift: .compatible,
    "an exported variable more", advice: "nothing")
  static let variableRemoved = Rule(
    "variable-removed", source: .breaking, abi: .breaking, swift: .compatible,
    "programs that use it no longer compile, or no longer start", advice: "take it out")
  static let variableRetyped = Rule(
    "variable-retyped", source: .breaking, abi: .breaking, swift: .compatible,
    "the variable holds something else", advice: "review every use and recompile")
  static let variableSameLayout = Rule(
    "variable-retyped-same-layout", source: .breaking, abi: .compatible, swift: .compatible,
    "another type in the same bytes", advice: "binaries work; source may need a conversion")
  static let variableConstAdded = Rule(
    "variable-const-added", source: .breaking, abi: .conditional, swift: .compatible,
    "programs may no longer write it", advice: "a binary that writes it may be stopped for that")
  static let variableConstRemoved = Rule(
    "variable-const-removed", source: .compatible, abi: .conditional, swift: .compatible,
    "the library may write it", advice: "a program may have kept the value that it read first")
  static let variableChangedUnderneath = Rule(
    "variable-changed-underneath", source: .conditional, abi: .breaking, swift: .compatible,
    "the declaration is the same, but its type changed under it", advice: "recompile")
  static let variableBecameStatic = Rule(
    "variable-became-static", source: .compatible, abi: .breaking, swift: .compatible,
    "every program has its own, so the library need not export it",
    advice: "recompile; what a program writes there no longer reaches the library")
  static let staticBecameVariable = Rule(
    "static-became-variable", source: .compatible, abi: .compatible, swift: .compatible,
    "the library exports what the header used to define",
    advice: "programs compiled with the new header need the new library")
  static let variableRespelled = Rule(
    "variable-respelled", source: .compatible, abi: .compatible, swift: .compatible,
    "the same type under another name", advice: "nothing")

  static let context = [
    conditionAdded, conditionRemoved, conditionChanged, definesChanged, targetChanged,
  ]

  static let conditionAdded = Rule(
    "condition-added", source: .conditional, abi: .compatible, swift: .compatible,
    "declared only where a macro is defined that the header does not define itself",
    advice: "define the macro before including the header; the module has the declaration")
  static let conditionRemoved = Rule(
    "condition-removed", source: .compatible, abi: .compatible, swift: .compatible,
    "declared for everybody now", advice: "nothing")
  static let conditionChanged = Rule(
    "condition-changed", source: .conditional, abi: .compatible, swift: .compatible,
    "declared under another condition", advice: "look at which macro is wanted now")

  static let definesChanged = Rule(
    "parse-defines-changed", source: .conditional, abi: .conditional, swift: .conditional,
    "the two headers were read with different macros defined",
    advice: "read both with the same defines: what only one of them declares may come from that")
  static let targetChanged = Rule(
    "parse-target-changed", source: .conditional, abi: .conditional, swift: .conditional,
    "the two headers were read for different machines",
    advice: "read both for one target: sizes and offsets may differ by that alone")

  static let interface = [
    swiftRemoved, swiftChanged, swiftDefaulted, swiftWidened, swiftAdded,
  ]

  static let swiftRemoved = Rule(
    "swift-declaration-removed", source: .compatible, abi: .compatible, swift: .breaking,
    "the generated module no longer has the declaration",
    advice: "name it in the profile to keep it, or say so in the change log")
  static let swiftChanged = Rule(
    "swift-declaration-changed", source: .compatible, abi: .compatible, swift: .breaking,
    "the generated module spells the declaration in another way",
    advice: "keep the old names or types by the profile, or say so in the change log")
  static let swiftDefaulted = Rule(
    "swift-parameter-defaulted", source: .compatible, abi: .compatible, swift: .compatible,
    "the generated method has one more parameter, with a default",
    advice: "calls compile as they are; references to the method by its full name change")
  static let swiftWidened = Rule(
    "swift-parameter-widened", source: .compatible, abi: .compatible, swift: .compatible,
    "the generated method takes what it took, and more",
    advice: "calls compile as they are; variables that hold the method change their type")
  static let swiftAdded = Rule(
    "swift-declaration-added", source: .compatible, abi: .compatible, swift: .compatible,
    "the generated module has one declaration more", advice: "nothing")
}
