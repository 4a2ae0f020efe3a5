// A value belongs to another enumeration.

typedef enum { toySuccess = 0 } toyResult_t;
typedef enum { toyInt, toyFloat } toyKind_t;
typedef enum { toyMax, toySum = 9 } toyOp_t;
