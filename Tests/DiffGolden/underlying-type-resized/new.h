// A value that needs eight bytes.

typedef enum { toySuccess = 0 } toyResult_t;
typedef enum { toyInt, toyFloat, toyHuge = 0x100000000 } toyKind_t;
toyResult_t toySend(toyKind_t kind);
