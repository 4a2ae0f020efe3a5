// The count follows the values.

typedef enum { toySuccess = 0 } toyResult_t;
typedef enum { toyInt, toyFloat, toyNumKinds = 8 } toyKind_t;
toyResult_t toySend(toyKind_t kind);
