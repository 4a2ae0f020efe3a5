// A field of another size.

typedef enum { toySuccess = 0 } toyResult_t;
typedef struct { long x; } toyPoint_t;
toyResult_t toyMove(const toyPoint_t *point);
