// A structure became a union.

typedef enum { toySuccess = 0 } toyResult_t;
typedef union { int x; float y; } toyValue_t;
