// A new value has the number of one that is gone, and another one has it, too.

typedef enum { toySuccess = 0 } toyResult_t;
typedef enum { toyInt, toyFp32 = 7 } toyKind_t;
toyResult_t toySend(toyKind_t kind);
