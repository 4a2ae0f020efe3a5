// A field less at the end.

typedef enum { toySuccess = 0 } toyResult_t;
typedef struct { int x, y; } toyPoint_t;
