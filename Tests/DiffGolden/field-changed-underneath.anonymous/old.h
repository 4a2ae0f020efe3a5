// A union without a name grew inside a structure.

typedef enum { toySuccess = 0 } toyResult_t;
typedef struct { int kind; union { int i; } ; } toyPoint_t;
toyResult_t toyMove(const toyPoint_t *point);
