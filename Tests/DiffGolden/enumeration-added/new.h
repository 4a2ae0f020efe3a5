// An enumeration that older releases lack.

typedef enum { toySuccess = 0 } toyResult_t;
typedef enum { toyInt, toyFloat } toyKind_t;
