// A parameter less before the last.

typedef enum { toySuccess = 0 } toyResult_t;
toyResult_t toySend(const void *buffer, int count);
