// A negative value makes the type signed.

typedef enum { toySuccess = 0 } toyResult_t;
typedef enum { toyInt, toyFloat } toyKind_t;
toyResult_t toySend(toyKind_t kind);
