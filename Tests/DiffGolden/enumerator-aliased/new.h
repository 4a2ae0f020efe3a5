// A second name for a number. That the first one got a comment changes nothing.

typedef enum { toySuccess = 0 } toyResult_t;
typedef enum { toyInt, toyFp32 = 7 /**< Old name. */, toyFloat32 = 7 } toyKind_t;
toyResult_t toySend(toyKind_t kind);
