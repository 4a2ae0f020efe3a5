// A bit-field of another width.

typedef enum { toySuccess = 0 } toyResult_t;
typedef struct { unsigned a : 3, b : 5; } toyPoint_t;
toyResult_t toyMove(const toyPoint_t *point);
