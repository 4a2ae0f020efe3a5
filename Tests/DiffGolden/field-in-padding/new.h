// A field in what was padding between two others.

typedef enum { toySuccess = 0 } toyResult_t;
typedef struct { char x; int z; long y; } toyPoint_t;
toyResult_t toyMove(const toyPoint_t *point);
