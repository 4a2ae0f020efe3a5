// A field less before others.

typedef enum { toySuccess = 0 } toyResult_t;
typedef struct { int x, z, y; } toyPoint_t;
toyResult_t toyMove(const toyPoint_t *point);
