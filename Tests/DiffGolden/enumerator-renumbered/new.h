// A value was inserted, and the next one moved.

typedef enum { toySuccess = 0 } toyResult_t;
typedef enum { toyInt, toyHalf, toyFloat } toyKind_t;
toyResult_t toySend(toyKind_t kind);
