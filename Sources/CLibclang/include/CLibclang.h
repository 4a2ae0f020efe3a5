// The part of libclang's C API that HeaderReader calls: its types with their C ABI, the enumerators
// that are used by value, a table of function pointers, and the list of names to fill it from.
//
// libclang is opened at run time, so nothing here is linked, and one build works with every
// libclang from 14 on. Enumerator values are part of libclang's stable ABI, with one exception that
// is therefore left out: the number of CXCursor_TranslationUnit changed after 14.
#ifndef CLIBCLANG_H
#define CLIBCLANG_H

#include <stddef.h>

#pragma clang assume_nonnull begin

// Types ------------------------------------------------------------------------------------------

typedef void *CXIndex;
typedef struct CXTranslationUnitImpl *CXTranslationUnit;
typedef void *CXClientData;
typedef void *CXFile;
typedef void *CXDiagnostic;

typedef struct {
  const void *_Nullable data;
  unsigned private_flags;
} CXString;

typedef struct {
  int kind;
  int xdata;
  const void *_Nullable data[3];
} CXCursor;

typedef struct {
  int kind;
  void *_Nullable data[2];
} CXType;

typedef struct {
  const void *_Nullable ptr_data[2];
  unsigned int_data;
} CXSourceLocation;

typedef struct {
  const void *_Nullable ptr_data[2];
  unsigned begin_int_data;
  unsigned end_int_data;
} CXSourceRange;

typedef struct {
  unsigned int_data[4];
  void *_Nullable ptr_data;
} CXToken;

typedef struct {
  unsigned count;
  CXSourceRange *_Nullable ranges;
} CXSourceRangeList;

typedef struct {
  const char *Filename;
  const char *_Nullable Contents;
  unsigned long Length;
} CXUnsavedFile;

/// Returns one of CXChildVisit_*.
typedef int (*CXCursorVisitor)(CXCursor cursor, CXCursor parent, CXClientData _Nullable data);
/// Returns one of CXVisit_*.
typedef int (*CXFieldVisitor)(CXCursor cursor, CXClientData _Nullable data);

// Enumerators ------------------------------------------------------------------------------------

enum {
  CXChildVisit_Break = 0,
  CXChildVisit_Continue = 1,
  CXChildVisit_Recurse = 2,
};

enum {
  CXVisit_Break = 0,
  CXVisit_Continue = 1,
};

enum {
  CXTranslationUnit_DetailedPreprocessingRecord = 0x01,
  CXTranslationUnit_SkipFunctionBodies = 0x40,
};

enum {
  CXError_Success = 0,
  CXError_Failure = 1,
  CXError_Crashed = 2,
  CXError_InvalidArguments = 3,
  CXError_ASTReadError = 4,
};

enum {
  CXDiagnostic_Ignored = 0,
  CXDiagnostic_Note = 1,
  CXDiagnostic_Warning = 2,
  CXDiagnostic_Error = 3,
  CXDiagnostic_Fatal = 4,
};

enum {
  CXCursor_StructDecl = 2,
  CXCursor_UnionDecl = 3,
  CXCursor_EnumDecl = 5,
  CXCursor_FieldDecl = 6,
  CXCursor_EnumConstantDecl = 7,
  CXCursor_FunctionDecl = 8,
  CXCursor_VarDecl = 9,
  CXCursor_ParmDecl = 10,
  CXCursor_TypedefDecl = 20,
  CXCursor_FirstAttr = 400,
  CXCursor_AsmLabelAttr = 407,
  CXCursor_LastAttr = 499,
  CXCursor_MacroDefinition = 501,
  CXCursor_MacroExpansion = 502,
  CXCursor_InclusionDirective = 503,
};

enum {
  CXType_Invalid = 0,
  CXType_Unexposed = 1,
  CXType_Void = 2,
  CXType_Bool = 3,
  CXType_Char_U = 4,
  CXType_UChar = 5,
  CXType_UShort = 8,
  CXType_UInt = 9,
  CXType_ULong = 10,
  CXType_ULongLong = 11,
  CXType_Char_S = 13,
  CXType_SChar = 14,
  CXType_Short = 16,
  CXType_Int = 17,
  CXType_Long = 18,
  CXType_LongLong = 19,
  CXType_Float = 21,
  CXType_Double = 22,
  CXType_Pointer = 101,
  CXType_Record = 105,
  CXType_Enum = 106,
  CXType_Typedef = 107,
  CXType_FunctionNoProto = 110,
  CXType_FunctionProto = 111,
  CXType_ConstantArray = 112,
  CXType_IncompleteArray = 114,
  CXType_VariableArray = 115,
  CXType_Elaborated = 119,
};

enum {
  CX_SC_Static = 3,
};

// Functions --------------------------------------------------------------------------------------

// One row a function: result, name, parameters. The table and the list of names are both made from
// it, so that they cannot differ in order.
#define CLIBCLANG_FUNCTIONS(FUNCTION)                                                              \
  FUNCTION(CXIndex _Nullable, clang_createIndex, (int excludePCH, int displayDiagnostics))         \
  FUNCTION(void, clang_disposeIndex, (CXIndex index))                                              \
  FUNCTION(CXString, clang_getClangVersion, (void))                                                \
  FUNCTION(const char *_Nullable, clang_getCString, (CXString string))                             \
  FUNCTION(void, clang_disposeString, (CXString string))                                           \
  FUNCTION(int, clang_parseTranslationUnit2,                                                       \
           (CXIndex index, const char *file, const char *_Nullable const *_Nullable arguments,     \
            int argumentCount, CXUnsavedFile *_Nullable files, unsigned fileCount,                 \
            unsigned options, CXTranslationUnit _Nullable *_Nonnull unit))                         \
  FUNCTION(void, clang_disposeTranslationUnit, (CXTranslationUnit unit))                           \
  FUNCTION(CXCursor, clang_getTranslationUnitCursor, (CXTranslationUnit unit))                     \
  FUNCTION(CXFile _Nullable, clang_getFile, (CXTranslationUnit unit, const char *name))            \
  FUNCTION(const char *_Nullable, clang_getFileContents,                                           \
           (CXTranslationUnit unit, CXFile file, size_t *size))                                    \
  FUNCTION(CXString, clang_getFileName, (CXFile _Nullable file))                                   \
  FUNCTION(CXSourceRangeList *_Nullable, clang_getSkippedRanges,                                   \
           (CXTranslationUnit unit, CXFile file))                                                  \
  FUNCTION(void, clang_disposeSourceRangeList, (CXSourceRangeList *ranges))                        \
  FUNCTION(unsigned, clang_getNumDiagnostics, (CXTranslationUnit unit))                            \
  FUNCTION(CXDiagnostic _Nullable, clang_getDiagnostic, (CXTranslationUnit unit, unsigned index))  \
  FUNCTION(void, clang_disposeDiagnostic, (CXDiagnostic diagnostic))                               \
  FUNCTION(int, clang_getDiagnosticSeverity, (CXDiagnostic diagnostic))                            \
  FUNCTION(CXString, clang_getDiagnosticSpelling, (CXDiagnostic diagnostic))                       \
  FUNCTION(CXSourceLocation, clang_getDiagnosticLocation, (CXDiagnostic diagnostic))               \
  FUNCTION(unsigned, clang_visitChildren,                                                          \
           (CXCursor parent, CXCursorVisitor visitor, CXClientData _Nullable data))                \
  FUNCTION(unsigned, clang_Type_visitFields,                                                       \
           (CXType type, CXFieldVisitor visitor, CXClientData _Nullable data))                     \
  FUNCTION(CXSourceLocation, clang_getCursorLocation, (CXCursor cursor))                           \
  FUNCTION(CXSourceRange, clang_getCursorExtent, (CXCursor cursor))                                \
  FUNCTION(CXSourceLocation, clang_getRangeStart, (CXSourceRange range))                           \
  FUNCTION(CXSourceLocation, clang_getRangeEnd, (CXSourceRange range))                             \
  FUNCTION(int, clang_Location_isInSystemHeader, (CXSourceLocation location))                      \
  FUNCTION(void, clang_getExpansionLocation,                                                       \
           (CXSourceLocation location, CXFile _Nullable *_Nullable file, unsigned *_Nullable line, \
            unsigned *_Nullable column, unsigned *_Nullable offset))                               \
  FUNCTION(void, clang_getFileLocation,                                                            \
           (CXSourceLocation location, CXFile _Nullable *_Nullable file, unsigned *_Nullable line, \
            unsigned *_Nullable column, unsigned *_Nullable offset))                               \
  FUNCTION(void, clang_tokenize,                                                                   \
           (CXTranslationUnit unit, CXSourceRange range,                                           \
            CXToken *_Nullable *_Nonnull tokens, unsigned *count))                                 \
  FUNCTION(CXString, clang_getTokenSpelling, (CXTranslationUnit unit, CXToken token))              \
  FUNCTION(void, clang_disposeTokens,                                                              \
           (CXTranslationUnit unit, CXToken *_Nullable tokens, unsigned count))                    \
  FUNCTION(CXString, clang_getCursorSpelling, (CXCursor cursor))                                   \
  FUNCTION(CXType, clang_getCursorType, (CXCursor cursor))                                         \
  FUNCTION(CXCursor, clang_getCursorDefinition, (CXCursor cursor))                                 \
  FUNCTION(CXCursor, clang_getCanonicalCursor, (CXCursor cursor))                                  \
  FUNCTION(int, clang_Cursor_isNull, (CXCursor cursor))                                            \
  FUNCTION(unsigned, clang_equalCursors, (CXCursor left, CXCursor right))                          \
  FUNCTION(unsigned, clang_Cursor_hasAttrs, (CXCursor cursor))                                     \
  FUNCTION(unsigned, clang_Cursor_isAnonymous, (CXCursor cursor))                                  \
  FUNCTION(unsigned, clang_Cursor_isFunctionInlined, (CXCursor cursor))                            \
  FUNCTION(int, clang_Cursor_getStorageClass, (CXCursor cursor))                                   \
  FUNCTION(int, clang_Cursor_getNumArguments, (CXCursor cursor))                                   \
  FUNCTION(CXCursor, clang_Cursor_getArgument, (CXCursor cursor, unsigned index))                  \
  FUNCTION(CXType, clang_getTypedefDeclUnderlyingType, (CXCursor cursor))                          \
  FUNCTION(CXType, clang_getEnumDeclIntegerType, (CXCursor cursor))                                \
  FUNCTION(long long, clang_getEnumConstantDeclValue, (CXCursor cursor))                           \
  FUNCTION(unsigned long long, clang_getEnumConstantDeclUnsignedValue, (CXCursor cursor))          \
  FUNCTION(long long, clang_Cursor_getOffsetOfField, (CXCursor cursor))                            \
  FUNCTION(unsigned, clang_Cursor_isBitField, (CXCursor cursor))                                   \
  FUNCTION(int, clang_getFieldDeclBitWidth, (CXCursor cursor))                                     \
  FUNCTION(CXString, clang_getTypeSpelling, (CXType type))                                         \
  FUNCTION(CXType, clang_getCanonicalType, (CXType type))                                          \
  FUNCTION(CXType, clang_Type_getNamedType, (CXType type))                                         \
  FUNCTION(CXType, clang_getPointeeType, (CXType type))                                            \
  FUNCTION(CXType, clang_getArrayElementType, (CXType type))                                       \
  FUNCTION(long long, clang_getArraySize, (CXType type))                                           \
  FUNCTION(CXType, clang_getResultType, (CXType type))                                             \
  FUNCTION(int, clang_getNumArgTypes, (CXType type))                                               \
  FUNCTION(CXType, clang_getArgType, (CXType type, unsigned index))                                \
  FUNCTION(unsigned, clang_isFunctionTypeVariadic, (CXType type))                                  \
  FUNCTION(CXCursor, clang_getTypeDeclaration, (CXType type))                                      \
  FUNCTION(unsigned, clang_isConstQualifiedType, (CXType type))                                    \
  FUNCTION(unsigned, clang_isVolatileQualifiedType, (CXType type))                                 \
  FUNCTION(unsigned, clang_isRestrictQualifiedType, (CXType type))                                 \
  FUNCTION(long long, clang_Type_getSizeOf, (CXType type))                                         \
  FUNCTION(long long, clang_Type_getAlignOf, (CXType type))

/// libclang's functions; a member is null until it is filled, or where libclang lacks it.
typedef struct {
#define FUNCTION(RESULT, NAME, PARAMETERS) RESULT (*_Nullable NAME) PARAMETERS;
  CLIBCLANG_FUNCTIONS(FUNCTION)
#undef FUNCTION
} CLibclang_Functions;

/// The members of CLibclang_Functions in their order: the symbols to look up.
const char *_Nonnull const *_Nonnull CLibclang_functionNames(size_t *count);

#pragma clang assume_nonnull end

#endif
