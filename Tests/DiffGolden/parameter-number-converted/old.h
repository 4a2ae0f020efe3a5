// A count of another sign.

typedef enum { toySuccess = 0 } toyResult_t;
toyResult_t toySend(int count);
