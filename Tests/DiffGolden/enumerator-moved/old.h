// A value belongs to another enumeration.

typedef enum { toySuccess = 0 } toyResult_t;
typedef enum { toyInt, toyFloat, toySum = 9 } toyKind_t;
typedef enum { toyMax } toyOp_t;
