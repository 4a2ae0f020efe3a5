// A number moved from an enumeration to a macro.

typedef enum { toySuccess = 0 } toyResult_t;
typedef enum { toyInt } toyKind_t;
#define toyHalf 5
