// The same bytes under another name.

typedef enum { toySuccess = 0 } toyResult_t;
typedef struct { int x; int y; } toyPoint_t;
toyResult_t toyMove(const toyPoint_t *point);
