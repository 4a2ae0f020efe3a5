// A number of another kind in as many bytes.

typedef enum { toySuccess = 0 } toyResult_t;
typedef struct { int x; } toyPoint_t;
toyResult_t toyMove(const toyPoint_t *point);
