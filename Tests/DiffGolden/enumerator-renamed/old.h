// The same number under another name.

typedef enum { toySuccess = 0 } toyResult_t;
typedef enum { toyInt, toyFp32 = 7 } toyKind_t;
toyResult_t toySend(toyKind_t kind);
