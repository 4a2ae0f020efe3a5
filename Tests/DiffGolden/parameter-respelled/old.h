// The same type by way of a typedef.

typedef enum { toySuccess = 0 } toyResult_t;
toyResult_t toySend(unsigned long count);
