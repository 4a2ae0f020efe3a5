// A field in what was padding at the end.

typedef enum { toySuccess = 0 } toyResult_t;
typedef struct { long x; int y; } toyPoint_t;
toyResult_t toyMove(const toyPoint_t *point);
