internal import CLibclang
internal import HeaderModel

/// Walks over a parsed header and collects its own declarations into the model.
///
/// Only the declarations of the header's own files are looked at closer than to learn their file;
/// of all others those are taken up at the end that the header's own need.
final class TreeReader {
  let clang: Libclang
  let unit: CXTranslationUnit
  var files: SourceFiles
  var types: TypeReader
  var header: Header
  var diagnostics: [Diagnostic] = []
  var macros = MacroTable()

  /// Positions in the header's lists, for declarations that are repeated.
  var functionIndices: [String: Int] = [:]
  var variableIndices: [String: Int] = [:]
  var typedefNames: Set<String> = []
  /// Records and enumerations of the header's own, by kind and name, that are in the model.
  var taggedNames: Set<TypeReader.TagKey> = []
  /// Those among them that a typedef names, for want of a tag.
  var untaggedNames: Set<TypeReader.TagKey> = []
  /// Those that are both, which is reported once.
  var collidingNames: Set<TypeReader.TagKey> = []
  /// Tagged declarations of the header's own that a type led to before their definition.
  var awaited: [TypeReader.Tagged] = []
  var externalTagged: [TypeReader.TagKey: TypeReader.Tagged] = [:]
  var externalTypedefs: [String: CXCursor] = [:]
  /// The last function, if its body has no end.
  var unfinished: (name: String, position: SourcePosition)?
  /// Typedefs of other files that no declaration has led to. Macros may name them.
  var otherTypedefs: [CXCursor] = []

  /// The macros that the request defines, and what stands under a condition on them.
  let givenMacros: Set<String>
  var fileConditions: [Int: Conditions] = [:]
  var conditionTexts: [String: String?] = [:]

  let keepsDocumentation: Bool
  private let needsDigests: Bool

  init(_ clang: Libclang, _ unit: CXTranslationUnit, _ request: ReadRequest) {
    self.clang = clang
    self.unit = unit
    givenMacros = Set(request.defines.map { String($0.prefix { $0 != "=" && $0 != "(" }) })
    keepsDocumentation = request.keepsDocumentation
    needsDigests = request.needsDigests
    files = SourceFiles(clang, unit, request)
    types = TypeReader(clang)
    header = Header(
      vendor: request.vendor, release: request.release, flavour: request.flavour,
      target: request.target,
      defines: request.defines.sorted(by: byBytes))
  }

  func read() {
    clang.visitChildren(clang.functions.clang_getTranslationUnitCursor.unsafelyUnwrapped(unit)) {
      visit($0)
    }
    if let (name, position) = unfinished {
      report(
        .error, position, "the body of \(name) has no end", rule: "unfinished-body",
        help: "the header may have been cut short")
    }
    for tagged in awaited { declare(tagged) }
    addMacros()
    addExternals()
    header.conditions = takeConditions()
    if needsDigests {
      header.files = files.own.map { HeaderFile(name: $0.name, digest: SHA256.hex(of: $0.bytes)) }
    }
  }

  private func visit(_ cursor: CXCursor) {
    switch Int(cursor.kind) {
    case CXCursor_MacroDefinition:
      let location = clang.location(cursor)
      if let position = files.position(of: location) {
        macros.addOwn(position, in: files.own[position.file])
      } else {
        macros.others.append(cursor)
      }
    case CXCursor_MacroExpansion, CXCursor_InclusionDirective: break
    case CXCursor_TypedefDecl:
      if let position = files.position(of: clang.location(cursor)) {
        unfinished = nil
        addTypedef(cursor, position)
      } else {
        otherTypedefs.append(cursor)
      }
    default:
      guard let position = files.position(of: clang.location(cursor)) else { return }
      unfinished = nil
      addDeclaration(cursor, position)
    }
  }

  private func addDeclaration(_ cursor: CXCursor, _ position: SourcePosition) {
    switch Int(cursor.kind) {
    case CXCursor_FunctionDecl: addFunction(cursor, position)
    case CXCursor_VarDecl: addVariable(cursor, position)
    case CXCursor_StructDecl, CXCursor_UnionDecl, CXCursor_EnumDecl: addTagged(cursor)
    default: break
    }
  }

  /// Reads a record or an enumeration that stands by itself.
  func addTagged(_ cursor: CXCursor) {
    // A record without any name is read with the declaration that it is part of.
    if Int(cursor.kind) != CXCursor_EnumDecl, clang.isAnonymous(cursor) { return }
    // What is only announced here is read where it is defined.
    if let definition = clang.definition(cursor), !clang.isEqual(definition, cursor),
      files.position(of: clang.location(definition)) != nil
    {
      return
    }
    declare(types.name(cursor))
  }

  func report(
    _ severity: Diagnostic.Severity, _ position: SourcePosition, _ message: String, rule: String,
    help: String? = nil
  ) {
    let file = files.own[position.file]
    let (line, column) = file.lineAndColumn(position.offset)
    diagnostics.append(
      Diagnostic(
        severity, file: file.path, line: line, column: column, message, rule: rule, help: help))
  }
}
