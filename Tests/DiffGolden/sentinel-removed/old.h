// A count less.

typedef enum { toySuccess = 0 } toyResult_t;
typedef enum { toyInt, toyFloat, toyNumKinds } toyKind_t;
toyResult_t toySend(toyKind_t kind);
