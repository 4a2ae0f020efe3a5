// A field before others, which move.

typedef enum { toySuccess = 0 } toyResult_t;
typedef struct { int x, y; } toyPoint_t;
toyResult_t toyMove(const toyPoint_t *point);
