// The union takes more bytes.

typedef enum { toySuccess = 0 } toyResult_t;
typedef union { int i; long l; } toyValue_t;
