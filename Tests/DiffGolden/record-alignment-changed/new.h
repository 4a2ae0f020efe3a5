// The record must stand at other addresses.

typedef enum { toySuccess = 0 } toyResult_t;
typedef struct __attribute__((aligned(16))) { int x, y, z, w; } toyPoint_t;
