// Numbers of another sign; narrow ones are the same bytes in memory, too.

typedef enum { toySuccess = 0 } toyResult_t;
typedef struct { int x; signed char y; short z; } toyPoint_t;
toyResult_t toyMove(const toyPoint_t *point);
