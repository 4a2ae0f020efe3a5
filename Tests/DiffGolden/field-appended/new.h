// The record grew at its end.

typedef enum { toySuccess = 0 } toyResult_t;
typedef struct { int x, y, z; } toyPoint_t;
toyResult_t toyMove(const toyPoint_t *point);
