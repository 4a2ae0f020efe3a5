// A pointer to numbers became one to void.

typedef enum { toySuccess = 0 } toyResult_t;
toyResult_t toySend(const float *buffer, float *result);
