// An address that is a number now, and a field that may no longer be written.

typedef enum { toySuccess = 0 } toyResult_t;
typedef struct { void *user; int x; } toyPoint_t;
toyResult_t toyMove(const toyPoint_t *point);
