// A value more.

typedef enum { toySuccess = 0 } toyResult_t;
typedef enum { toyInt, toyFloat } toyKind_t;
toyResult_t toySend(toyKind_t kind);
