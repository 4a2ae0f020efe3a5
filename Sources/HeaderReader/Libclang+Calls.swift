internal import CLibclang

// libclang's functions under Swift names and with Swift's types. Each is one call; the unwrapping
// cannot fail, because opening the library sets every member of the table.

extension Libclang {
  /// Takes a string over from libclang and releases it there.
  func text(_ string: CXString) -> String {
    defer { functions.clang_disposeString.unsafelyUnwrapped(string) }
    guard let text = functions.clang_getCString.unsafelyUnwrapped(string) else { return "" }
    return String(cString: text)
  }

  // MARK: Cursors

  func spelling(_ cursor: CXCursor) -> String {
    text(functions.clang_getCursorSpelling.unsafelyUnwrapped(cursor))
  }

  func type(_ cursor: CXCursor) -> CXType {
    functions.clang_getCursorType.unsafelyUnwrapped(cursor)
  }

  /// `nil` where the translation unit has no definition.
  func definition(_ cursor: CXCursor) -> CXCursor? {
    let definition = functions.clang_getCursorDefinition.unsafelyUnwrapped(cursor)
    return isNull(definition) ? nil : definition
  }

  func isNull(_ cursor: CXCursor) -> Bool {
    functions.clang_Cursor_isNull.unsafelyUnwrapped(cursor) != 0
  }

  func isEqual(_ left: CXCursor, _ right: CXCursor) -> Bool {
    functions.clang_equalCursors.unsafelyUnwrapped(left, right) != 0
  }

  func hasAttributes(_ cursor: CXCursor) -> Bool {
    functions.clang_Cursor_hasAttrs.unsafelyUnwrapped(cursor) != 0
  }

  /// Without a tag, and without a typedef that names it instead.
  func isAnonymous(_ cursor: CXCursor) -> Bool {
    functions.clang_Cursor_isAnonymous.unsafelyUnwrapped(cursor) != 0
  }

  func isInline(_ cursor: CXCursor) -> Bool {
    functions.clang_Cursor_isFunctionInlined.unsafelyUnwrapped(cursor) != 0
  }

  func isStatic(_ cursor: CXCursor) -> Bool {
    functions.clang_Cursor_getStorageClass.unsafelyUnwrapped(cursor) == Int32(CX_SC_Static)
  }

  /// `nil` for something that has no list of arguments.
  func argumentCount(_ cursor: CXCursor) -> Int? {
    let count = functions.clang_Cursor_getNumArguments.unsafelyUnwrapped(cursor)
    return count < 0 ? nil : Int(count)
  }

  func argument(_ cursor: CXCursor, _ index: Int) -> CXCursor {
    functions.clang_Cursor_getArgument.unsafelyUnwrapped(cursor, UInt32(index))
  }

  func underlyingType(ofTypedef cursor: CXCursor) -> CXType {
    functions.clang_getTypedefDeclUnderlyingType.unsafelyUnwrapped(cursor)
  }

  func integerType(ofEnumeration cursor: CXCursor) -> CXType {
    functions.clang_getEnumDeclIntegerType.unsafelyUnwrapped(cursor)
  }

  func value(ofEnumerator cursor: CXCursor, isSigned: Bool) -> Int128 {
    isSigned
      ? Int128(functions.clang_getEnumConstantDeclValue.unsafelyUnwrapped(cursor))
      : Int128(functions.clang_getEnumConstantDeclUnsignedValue.unsafelyUnwrapped(cursor))
  }

  func bitOffset(ofField cursor: CXCursor) -> Int {
    Int(functions.clang_Cursor_getOffsetOfField.unsafelyUnwrapped(cursor))
  }

  /// `nil` for a field that is no bit-field.
  func bitWidth(ofField cursor: CXCursor) -> Int? {
    guard functions.clang_Cursor_isBitField.unsafelyUnwrapped(cursor) != 0 else { return nil }
    return Int(functions.clang_getFieldDeclBitWidth.unsafelyUnwrapped(cursor))
  }

  // MARK: Places

  func location(_ cursor: CXCursor) -> CXSourceLocation {
    functions.clang_getCursorLocation.unsafelyUnwrapped(cursor)
  }

  func extent(_ cursor: CXCursor) -> CXSourceRange {
    functions.clang_getCursorExtent.unsafelyUnwrapped(cursor)
  }

  func start(_ range: CXSourceRange) -> CXSourceLocation {
    functions.clang_getRangeStart.unsafelyUnwrapped(range)
  }

  func end(_ range: CXSourceRange) -> CXSourceLocation {
    functions.clang_getRangeEnd.unsafelyUnwrapped(range)
  }

  func isInSystemHeader(_ location: CXSourceLocation) -> Bool {
    functions.clang_Location_isInSystemHeader.unsafelyUnwrapped(location) != 0
  }

  /// The file and byte of a location; for what a macro expands to, those of the macro's use.
  /// `nil` for what is in no file, such as predefined macros.
  func place(_ location: CXSourceLocation) -> (file: CXFile, offset: Int)? {
    var file: CXFile?
    var offset: UInt32 = 0
    functions.clang_getExpansionLocation.unsafelyUnwrapped(location, &file, nil, nil, &offset)
    return file.map { ($0, Int(offset)) }
  }

  func offset(_ location: CXSourceLocation) -> Int {
    var offset: UInt32 = 0
    functions.clang_getExpansionLocation.unsafelyUnwrapped(location, nil, nil, nil, &offset)
    return Int(offset)
  }

  func name(_ file: CXFile) -> String { text(functions.clang_getFileName.unsafelyUnwrapped(file)) }

  // MARK: Types

  func spelling(_ type: CXType) -> String {
    text(functions.clang_getTypeSpelling.unsafelyUnwrapped(type))
  }

  func canonical(_ type: CXType) -> CXType {
    functions.clang_getCanonicalType.unsafelyUnwrapped(type)
  }

  /// The type that `struct`, `enum` or, from clang 16 on, nothing visible elaborates.
  func named(_ type: CXType) -> CXType {
    functions.clang_Type_getNamedType.unsafelyUnwrapped(type)
  }

  func pointee(_ type: CXType) -> CXType {
    functions.clang_getPointeeType.unsafelyUnwrapped(type)
  }

  func element(ofArray type: CXType) -> CXType {
    functions.clang_getArrayElementType.unsafelyUnwrapped(type)
  }

  func count(ofArray type: CXType) -> Int {
    Int(functions.clang_getArraySize.unsafelyUnwrapped(type))
  }

  func result(ofFunction type: CXType) -> CXType {
    functions.clang_getResultType.unsafelyUnwrapped(type)
  }

  /// `nil` for a function type without a prototype, or no function type.
  func parameterCount(_ type: CXType) -> Int? {
    let count = functions.clang_getNumArgTypes.unsafelyUnwrapped(type)
    return count < 0 ? nil : Int(count)
  }

  func parameter(_ type: CXType, _ index: Int) -> CXType {
    functions.clang_getArgType.unsafelyUnwrapped(type, UInt32(index))
  }

  func isVariadic(_ type: CXType) -> Bool {
    functions.clang_isFunctionTypeVariadic.unsafelyUnwrapped(type) != 0
  }

  func declaration(_ type: CXType) -> CXCursor {
    functions.clang_getTypeDeclaration.unsafelyUnwrapped(type)
  }

  func isConst(_ type: CXType) -> Bool {
    functions.clang_isConstQualifiedType.unsafelyUnwrapped(type) != 0
  }

  func isVolatile(_ type: CXType) -> Bool {
    functions.clang_isVolatileQualifiedType.unsafelyUnwrapped(type) != 0
  }

  func isRestrict(_ type: CXType) -> Bool {
    functions.clang_isRestrictQualifiedType.unsafelyUnwrapped(type) != 0
  }

  /// In bytes; `nil` for an incomplete type.
  func size(_ type: CXType) -> Int? {
    let size = functions.clang_Type_getSizeOf.unsafelyUnwrapped(type)
    return size < 0 ? nil : Int(size)
  }

  /// In bytes; `nil` for an incomplete type.
  func alignment(_ type: CXType) -> Int? {
    let alignment = functions.clang_Type_getAlignOf.unsafelyUnwrapped(type)
    return alignment < 0 ? nil : Int(alignment)
  }
}

extension Libclang {
  /// Calls `body` with each child of a cursor.
  func visitChildren(_ cursor: CXCursor, _ body: (CXCursor) -> Void) {
    withoutActuallyEscaping(body) { body in
      var body = body
      withUnsafeMutablePointer(to: &body) { pointer in
        _ = functions.clang_visitChildren.unsafelyUnwrapped(
          cursor,
          { cursor, _, data in
            data?.assumingMemoryBound(to: ((CXCursor) -> Void).self).pointee(cursor)
            return UInt32(CXChildVisit_Continue)
          }, pointer)
      }
    }
  }

  /// Calls `body` with each field of a record type, those of anonymous members' own types left out
  /// but the anonymous members themselves included.
  func visitFields(_ type: CXType, _ body: (CXCursor) -> Void) {
    withoutActuallyEscaping(body) { body in
      var body = body
      withUnsafeMutablePointer(to: &body) { pointer in
        _ = functions.clang_Type_visitFields.unsafelyUnwrapped(
          type,
          { cursor, data in
            data?.assumingMemoryBound(to: ((CXCursor) -> Void).self).pointee(cursor)
            return UInt32(CXVisit_Continue)
          }, pointer)
      }
    }
  }
}
