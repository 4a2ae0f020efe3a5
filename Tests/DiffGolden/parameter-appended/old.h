// A parameter more at the end; the twin follows.

typedef enum { toySuccess = 0 } toyResult_t;
toyResult_t toySend(const void *buffer, int count);
toyResult_t ptoySend(const void *buffer, int count);
