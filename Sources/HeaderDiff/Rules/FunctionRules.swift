extension Rule {
  static let functions = [
    functionAdded, functionRemoved, functionBecameMacro, macroBecameFunction,
    functionBecameInline, inlineBecameFunction, returnTypeChanged, returnTypeRespelled,
    returnTypeSameABI, returnNumberConverted, returnNumberResized, returnConstRemoved,
    returnChangedUnderneath, returnValueAdded, prototypeAdded, prototypeRemoved, variadicAdded,
    variadicRemoved, symbolRenamed, documentationChanged,
  ]

  static let functionAdded = Rule(
    "function-added", source: .compatible, abi: .compatible, swift: .compatible,
    "a function that older releases lack",
    advice: "nothing; the generated method throws where the loaded release lacks it")
  static let functionRemoved = Rule(
    "function-removed", source: .breaking, abi: .breaking, swift: .conditional,
    "programs that call it no longer compile, or no longer find it",
    advice: "the generated method stays and throws from this release on; ask isAvailable first")
  static let functionBecameMacro = Rule(
    "function-became-macro", source: .conditional, abi: .conditional, swift: .conditional,
    "the header declares a macro in the function's place",
    advice: "calls compile to what the macro says and its address can no longer be taken; "
      + "binaries and the generated method work while the library still exports the symbol, "
      + "which `bindgen-coll verify` tells")
  static let macroBecameFunction = Rule(
    "macro-became-function", source: .conditional, abi: .compatible, swift: .compatible,
    "the header declares a function in the macro's place",
    advice: "code that asks for it with #ifdef has to ask for the release instead")
  static let functionBecameInline = Rule(
    "function-became-inline", source: .compatible, abi: .breaking, swift: .conditional,
    "the header defines it, so the library need not export it",
    advice: "the generated method throws where the library does not export the symbol")
  static let inlineBecameFunction = Rule(
    "inline-became-function", source: .compatible, abi: .compatible, swift: .compatible,
    "the library exports what the header used to define",
    advice: "programs compiled with the new header need the new library")
  static let returnTypeChanged = Rule(
    "return-type-changed", source: .breaking, abi: .breaking, swift: .conditional,
    "callers read another kind of result",
    advice: "the module carries both signatures and calls the loaded release's")
  static let returnTypeRespelled = Rule(
    "return-type-respelled", source: .compatible, abi: .compatible, swift: .compatible,
    "the same result under another name", advice: "nothing")
  static let returnTypeSameABI = Rule(
    "return-type-same-abi", source: .breaking, abi: .compatible, swift: .conditional,
    "another C type with the same calling convention",
    advice: "recompile; conversions may be needed at the call")
  static let returnNumberConverted = Rule(
    "return-number-converted", source: .conditional, abi: .compatible, swift: .conditional,
    "a number of another type and the same width",
    advice: "C converts it unseen; Swift wants the new type")
  static let returnNumberResized = Rule(
    "return-number-resized", source: .conditional, abi: .breaking, swift: .conditional,
    "a number of another width or kind",
    advice: "recompile, and look at values near the limits; the module carries both signatures")
  static let returnConstRemoved = Rule(
    "return-const-removed", source: .compatible, abi: .compatible, swift: .conditional,
    "callers may write through the result", advice: "nothing in C; Swift wants the new type")
  static let returnChangedUnderneath = Rule(
    "return-changed-underneath", source: .conditional, abi: .breaking, swift: .compatible,
    "the declaration is the same, but a type that is returned by value changed under it",
    advice: "recompile; the module carries both signatures")
  static let returnValueAdded = Rule(
    "return-value-added", source: .conditional, abi: .compatible, swift: .conditional,
    "the function has a result, which callers for the old header do not read",
    advice: "read it; only pointers to the function have to change")
  static let prototypeAdded = Rule(
    "prototype-added", source: .conditional, abi: .compatible, swift: .compatible,
    "`f()` became `f(void)`",
    advice: "only calls that passed arguments, which the function never took, stop compiling")
  static let prototypeRemoved = Rule(
    "prototype-removed", source: .compatible, abi: .compatible, swift: .compatible,
    "`f(void)` became `f()`", advice: "nothing, although C now checks less")
  static let variadicAdded = Rule(
    "variadic-added", source: .conditional, abi: .breaking, swift: .breaking,
    "`...` more: the caller has to pass what variadic functions need to know",
    advice: "recompile; only pointers to the function have to change. Variadic functions are not "
      + "bound")
  static let variadicRemoved = Rule(
    "variadic-removed", source: .breaking, abi: .breaking, swift: .conditional,
    "`...` less: calls with more arguments no longer compile",
    advice: "call the loaded release's form")
  static let symbolRenamed = Rule(
    "symbol-renamed", source: .compatible, abi: .conditional, swift: .conditional,
    "the same C name stands for another symbol of the library",
    advice: "old binaries and the module work while the library exports the old symbol too, which "
      + "`bindgen-coll verify` tells")
  static let documentationChanged = Rule(
    "documentation-changed", source: .compatible, abi: .compatible, swift: .compatible,
    "only the comment changed", advice: "read it: promises may have changed")
}

extension Rule {
  static let parameters = [
    parameterAppended, parameterInserted, parameterRemoved, trailingParameterRemoved,
    parametersReordered, parameterRenamed, parameterRetyped, parameterRespelled,
    parameterSameABI, parameterNumberResized, parameterNumberConverted, parameterChangedUnderneath,
    parameterConstAdded, parameterConstRemoved, parameterConstDeeper, parameterPointeeChanged,
    parameterBoundChanged, parameterBecameUntyped,
  ]

  static let parameterAppended = Rule(
    "parameter-appended", source: .breaking, abi: .breaking, swift: .compatible,
    "a parameter more at the end: programs for the old header pass garbage in it",
    advice: "the module carries both signatures and the loaded release decides; "
      + "a default in the profile keeps one method for both")
  static let parameterInserted = Rule(
    "parameter-inserted", source: .breaking, abi: .breaking, swift: .conditional,
    "a parameter more before the last: programs for the old header pass the wrong arguments",
    advice: "the module carries both signatures, a method each; each works where the loaded "
      + "release has it")
  static let parameterRemoved = Rule(
    "parameter-removed", source: .breaking, abi: .breaking, swift: .conditional,
    "a parameter less before the last: programs for the old header pass the wrong arguments",
    advice: "the module carries both signatures, a method each; each works where the loaded "
      + "release has it")
  static let trailingParameterRemoved = Rule(
    "trailing-parameter-removed", source: .breaking, abi: .conditional, swift: .conditional,
    "a parameter less at the end, which programs for the old header still pass",
    advice: "harmless where the caller clears the argument area, as on x86-64 and AArch64; "
      + "the module carries both signatures")
  static let parametersReordered = Rule(
    "parameters-reordered", source: .breaking, abi: .breaking, swift: .breaking,
    "the same parameters in another order; where types agree, compilers do not notice",
    advice: "review every call")
  static let parameterRenamed = Rule(
    "parameter-renamed", source: .compatible, abi: .compatible, swift: .conditional,
    "another name for the same parameter",
    advice: "Swift's argument label follows the newest header: give the name under "
      + "names.parameters in the profile to keep the old label")
  static let parameterRetyped = Rule(
    "parameter-retyped", source: .breaking, abi: .breaking, swift: .conditional,
    "another type with another calling convention",
    advice: "the module carries both signatures, a method each; each works where the loaded "
      + "release has it")
  static let parameterRespelled = Rule(
    "parameter-respelled", source: .compatible, abi: .compatible, swift: .compatible,
    "the same type under another name", advice: "nothing")
  static let parameterSameABI = Rule(
    "parameter-retyped-same-abi", source: .breaking, abi: .compatible, swift: .conditional,
    "another type with the same calling convention",
    advice: "binaries work; source needs a conversion at the call")
  static let parameterNumberResized = Rule(
    "parameter-number-resized", source: .conditional, abi: .breaking, swift: .conditional,
    "a number of another width or kind, or a narrow one of another sign",
    advice: "recompile, and look at values near the limits; the module carries both signatures")
  static let parameterNumberConverted = Rule(
    "parameter-number-converted", source: .conditional, abi: .compatible, swift: .conditional,
    "a number of another type and the same width",
    advice: "C converts it unseen; Swift wants the new type")
  static let parameterChangedUnderneath = Rule(
    "parameter-changed-underneath", source: .conditional, abi: .breaking, swift: .compatible,
    "the declaration is the same, but a type that is passed by value changed under it",
    advice: "recompile; the module carries both signatures")
  static let parameterConstAdded = Rule(
    "parameter-const-added", source: .compatible, abi: .compatible, swift: .conditional,
    "the function promises not to write through the pointer",
    advice: "nothing in C; in Swift mutable pointers convert by themselves, stored closures of the "
      + "old type do not")
  static let parameterConstRemoved = Rule(
    "parameter-const-removed", source: .breaking, abi: .compatible, swift: .conditional,
    "the function may write through the pointer",
    advice: "pass memory that may be written, or keep to releases that promised not to")
  static let parameterConstDeeper = Rule(
    "parameter-const-deeper", source: .breaking, abi: .compatible, swift: .conditional,
    "`const` changed behind a second pointer, where C does not convert",
    advice: "binaries work; source needs a cast")
  static let parameterPointeeChanged = Rule(
    "parameter-pointee-changed", source: .breaking, abi: .breaking, swift: .conditional,
    "the pointer leads to memory of another size or layout",
    advice: "review every call: a binary passes memory that the library reads in another way, or "
      + "writes beyond")
  static let parameterBecameUntyped = Rule(
    "parameter-became-untyped", source: .compatible, abi: .compatible, swift: .conditional,
    "the pointer may lead to memory of any type",
    advice: "nothing in C; Swift's pointers convert by themselves, handles and closures do not")
  static let parameterBoundChanged = Rule(
    "parameter-bound-changed", source: .compatible, abi: .conditional, swift: .compatible,
    "an array parameter names another length, which no compiler checks",
    advice: "look at how much memory each call passes")
}

extension Rule {
  static let attributes = [
    deprecatedAdded, deprecatedRemoved, weakAdded, weakRemoved, visibilityChanged, attributeAdded,
    attributeRemoved,
  ]

  static let deprecatedAdded = Rule(
    "deprecated-added", source: .conditional, abi: .compatible, swift: .compatible,
    "the vendor means to remove it; compilers warn",
    advice: "plan for another call; builds with warnings as errors stop")
  static let deprecatedRemoved = Rule(
    "deprecated-removed", source: .compatible, abi: .compatible, swift: .compatible,
    "no longer deprecated", advice: "nothing")
  static let weakAdded = Rule(
    "weak-added", source: .conditional, abi: .compatible, swift: .compatible,
    "a program that links to it starts without it",
    advice: "compare its address with null before the call")
  static let weakRemoved = Rule(
    "weak-removed", source: .compatible, abi: .conditional, swift: .compatible,
    "a program that links to it no longer starts where the library lacks it",
    advice: "nothing for programs that look it up, as the generated module does")
  static let visibilityChanged = Rule(
    "visibility-changed", source: .compatible, abi: .conditional, swift: .conditional,
    "the library may export it no more, or newly",
    advice: "`bindgen-coll verify` tells whether it is exported")
  static let attributeAdded = Rule(
    "attribute-added", source: .conditional, abi: .compatible, swift: .compatible,
    "an attribute more", advice: "read what it promises; it may bring warnings")
  static let attributeRemoved = Rule(
    "attribute-removed", source: .compatible, abi: .compatible, swift: .compatible,
    "an attribute less", advice: "read what it promised")
}
