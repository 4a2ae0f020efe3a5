// A new value has the number that the count had.

typedef enum { toySuccess = 0 } toyResult_t;
typedef enum { toyInt, toyFloat, toyHalf, toyNumKinds } toyKind_t;
toyResult_t toySend(toyKind_t kind);
