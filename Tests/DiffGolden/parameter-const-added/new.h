// The function promises not to write.

typedef enum { toySuccess = 0 } toyResult_t;
toyResult_t toySend(const void *buffer);
