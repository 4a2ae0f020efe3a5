// The same type under another name.

typedef enum { toySuccess = 0 } toyResult_t;
typedef struct { int x; } toyPoint_t;
