// The function may write.

typedef enum { toySuccess = 0 } toyResult_t;
toyResult_t toySend(void *buffer);
