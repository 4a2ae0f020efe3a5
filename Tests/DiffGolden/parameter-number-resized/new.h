// A wider count.

typedef enum { toySuccess = 0 } toyResult_t;
toyResult_t toySend(long count);
