// An attribute more, of a function and of a record.

typedef enum { toySuccess = 0 } toyResult_t;
toyResult_t toyOpen(int rank);
typedef struct { int x; } toyPoint_t;
