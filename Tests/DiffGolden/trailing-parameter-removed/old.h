// A parameter less at the end.

typedef enum { toySuccess = 0 } toyResult_t;
toyResult_t toySend(const void *buffer, int count, int flags);
