internal import CLibclang
internal import HeaderModel

/// Turns libclang's types into the model's, and keeps the declarations that they lead to.
///
/// A typedef stays a name, parameters stay as declared (`size_t const []`), and what libclang makes
/// of `struct X`, parentheses and attributes in between is looked through, since that differs from
/// one libclang to the next.
struct TypeReader {
  /// A record or enumeration that a type led to.
  struct Tagged {
    var cursor: CXCursor
    var name: String
    var hasTag: Bool

    var key: TagKey { TagKey(Int(cursor.kind), name) }
  }

  /// Distinguishes `struct x`, `union x` and `enum x`.
  struct TagKey: Hashable {
    var kind: Int
    var name: String

    /// With libclang's kind of cursor.
    init(_ kind: Int, _ name: String) {
      self.kind = kind
      self.name = name
    }

    init(_ kind: Record.Kind, _ name: String) {
      self.init(kind == .union ? CXCursor_UnionDecl : CXCursor_StructDecl, name)
    }

    static func enumeration(_ name: String) -> TagKey { TagKey(CXCursor_EnumDecl, name) }
  }

  /// The declaration that anonymous records are part of.
  struct Context {
    var name: String
    /// The name for the first of them, if it is not a counted one.
    var first: String?
    var count = 0

    /// The name of a record that has none.
    mutating func next() -> String {
      if let first {
        self.first = nil
        return first
      }
      defer { count += 1 }
      return "\(name)::\(count)"
    }
  }

  private let clang: Libclang
  private struct Known {
    var type: CType
    var isUsed: Bool
  }

  /// By libclang's pointer to the type, which it shares between equal types.
  private var types: [UnsafeRawPointer: Known] = [:]
  /// Each type of a declaration of the header's own, once.
  private(set) var used: [CType] = []
  private var names: [UnsafeRawPointer: Tagged] = [:]
  /// What was met for the first time, in order, until somebody takes it.
  var newlyTagged: [Tagged] = []
  var newTypedefs: [(name: String, cursor: CXCursor)] = []
  /// Names the anonymous records that the next types lead to.
  var context = Context(name: "")

  /// A type nested deeper is not bound. Only a hostile header has one.
  private static let depthLimit = 64

  init(_ clang: Libclang) { self.clang = clang }

  /// The type of a declaration of the header's own.
  mutating func read(_ type: CXType) -> CType {
    let key = UnsafeRawPointer(type.data.0)
    if let key, let known = types[key], known.isUsed { return known.type }
    let read = lookUp(type)
    if let key { types[key]?.isUsed = true }
    used.append(read)
    return read
  }

  /// A type that the model only needs if something else leads to it.
  mutating func lookUp(_ type: CXType) -> CType { read(type, depth: 0) }

  private mutating func read(_ type: CXType, depth: Int) -> CType {
    guard let key = UnsafeRawPointer(type.data.0) else { return .unsupported("?") }
    if let known = types[key] { return known.type }
    guard depth < Self.depthLimit else { return .unsupported("nested too deeply") }
    let unqualified = readUnqualified(type, depth: depth)
    var qualifiers: CType.Qualifiers = []
    if clang.isConst(type) { qualifiers.insert(.const) }
    if clang.isVolatile(type) { qualifiers.insert(.volatile) }
    if clang.isRestrict(type) { qualifiers.insert(.restrict) }
    let read = Self.qualify(unqualified, qualifiers)
    types[key] = Known(type: read, isUsed: false)
    return read
  }

  /// Joins qualifiers, so that there is one way to write each type. An array's are its elements'.
  static func qualify(_ type: CType, _ qualifiers: CType.Qualifiers) -> CType {
    guard !qualifiers.isEmpty else { return type }
    switch type {
    case .qualified(let inner, let more): return .qualified(inner, more.union(qualifiers))
    case .array(let element, let count): return .array(qualify(element, qualifiers), count)
    default: return .qualified(type, qualifiers)
    }
  }

  private mutating func readUnqualified(_ type: CXType, depth: Int) -> CType {
    switch Int(type.kind) {
    case CXType_Void: return .void
    case CXType_Bool: return .scalar(.bool)
    case CXType_Char_U, CXType_Char_S: return .scalar(.char)
    case CXType_SChar: return .scalar(.signedChar)
    case CXType_UChar: return .scalar(.unsignedChar)
    case CXType_Short: return .scalar(.short)
    case CXType_UShort: return .scalar(.unsignedShort)
    case CXType_Int: return .scalar(.int)
    case CXType_UInt: return .scalar(.unsignedInt)
    case CXType_Long: return .scalar(.long)
    case CXType_ULong: return .scalar(.unsignedLong)
    case CXType_LongLong: return .scalar(.longLong)
    case CXType_ULongLong: return .scalar(.unsignedLongLong)
    case CXType_Float: return .scalar(.float)
    case CXType_Double: return .scalar(.double)
    case CXType_Pointer: return .pointer(read(clang.pointee(type), depth: depth + 1))
    case CXType_Elaborated: return read(clang.named(type), depth: depth + 1)
    case CXType_Record, CXType_Enum: return tagged(type)
    case CXType_Typedef: return typedef(type)
    case CXType_FunctionProto, CXType_FunctionNoProto: return function(type, depth: depth)
    case CXType_ConstantArray:
      return .array(
        read(clang.element(ofArray: type), depth: depth + 1), clang.count(ofArray: type))
    case CXType_IncompleteArray, CXType_VariableArray:
      // At file scope only a parameter can have a variable length, where it means as much as none.
      return .array(read(clang.element(ofArray: type), depth: depth + 1), nil)
    case CXType_Unexposed: return unexposed(type, depth: depth)
    default: return .unsupported(Self.printable(clang.spelling(type)))
    }
  }

  private mutating func function(_ type: CXType, depth: Int) -> CType {
    let result = read(clang.result(ofFunction: type), depth: depth + 1)
    guard Int(type.kind) != CXType_FunctionNoProto, let count = clang.parameterCount(type) else {
      // `int (*)()` takes whatever it is given, which is what `...` alone says.
      return .function(result: result, parameters: [], isVariadic: true)
    }
    var parameters: [CType] = []
    parameters.reserveCapacity(count)
    for index in 0..<count {
      parameters.append(read(clang.parameter(type, index), depth: depth + 1))
    }
    return .function(result: result, parameters: parameters, isVariadic: clang.isVariadic(type))
  }

  private mutating func typedef(_ type: CXType) -> CType {
    let cursor = clang.declaration(type)
    let name = clang.spelling(cursor)
    newTypedefs.append((name, cursor))
    return .typedef(name)
  }

  /// Parentheses, `typeof` and some attributes. A function type shows through them; of anything
  /// else only the canonical type is to be had, in which typedefs are resolved.
  private mutating func unexposed(_ type: CXType, depth: Int) -> CType {
    if Int(clang.result(ofFunction: type).kind) != CXType_Invalid {
      return function(type, depth: depth)
    }
    let canonical = clang.canonical(type)
    guard Int(canonical.kind) != CXType_Unexposed else {
      return .unsupported(Self.printable(clang.spelling(type)))
    }
    return read(canonical, depth: depth + 1)
  }

  // MARK: Records and enumerations

  private mutating func tagged(_ type: CXType) -> CType {
    let named = name(clang.declaration(type), type)
    switch Int(named.cursor.kind) {
    case CXCursor_UnionDecl: return .record(.union, named.name)
    case CXCursor_EnumDecl: return .enumeration(named.name)
    default: return .record(.structure, named.name)
    }
  }

  /// The name under which the model keeps a record or an enumeration.
  mutating func name(_ cursor: CXCursor) -> Tagged { name(cursor, clang.type(cursor)) }

  private mutating func name(_ cursor: CXCursor, _ type: CXType) -> Tagged {
    let key = Self.unqualifiedKey(type)
    if let known = names[key] { return known }
    // libclang 14 spells an unnamed record "", later ones spell the typedef or a phrase, so that
    // the name's place has to tell: without one, the declaration's place is its first word. What
    // the compiler declares itself has no place, and always a tag.
    let place = clang.location(cursor).int_data
    let hasTag = place == 0 || place != clang.extent(cursor).begin_int_data
    var tagged = Tagged(cursor: cursor, name: "", hasTag: hasTag)
    if hasTag {
      tagged.name = clang.spelling(cursor)
    } else if !clang.isAnonymous(cursor) {
      tagged.name = clang.spelling(clang.type(cursor))
    } else if Int(cursor.kind) == CXCursor_EnumDecl {
      tagged.name = "enum@\(firstEnumerator(cursor))"
    } else {
      tagged.name = context.next()
    }
    names[key] = tagged
    newlyTagged.append(tagged)
    return tagged
  }

  private func firstEnumerator(_ cursor: CXCursor) -> String {
    var first: String?
    clang.visitChildren(cursor) { child in
      if first == nil, Int(child.kind) == CXCursor_EnumConstantDecl {
        first = clang.spelling(child)
      }
    }
    return first ?? ""
  }

  /// The type's address without the qualifiers that libclang keeps in its low bits.
  private static func unqualifiedKey(_ type: CXType) -> UnsafeRawPointer {
    let bits = UInt(bitPattern: type.data.0) & ~7
    return UnsafeRawPointer(bitPattern: bits) ?? UnsafeRawPointer(bitPattern: 8).unsafelyUnwrapped
  }

  /// Braces end an unsupported type in the model's text form.
  private static func printable(_ spelling: String) -> String {
    String(spelling.map { $0 == "{" || $0 == "}" ? " " : $0 })
  }
}
