// A structure became a union.

typedef enum { toySuccess = 0 } toyResult_t;
typedef struct { int x; float y; } toyValue_t;
