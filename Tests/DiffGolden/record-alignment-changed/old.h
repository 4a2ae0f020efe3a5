// The record must stand at other addresses.

typedef enum { toySuccess = 0 } toyResult_t;
typedef struct { int x, y, z, w; } toyPoint_t;
