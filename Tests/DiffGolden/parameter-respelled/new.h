// The same type by way of a typedef.

typedef enum { toySuccess = 0 } toyResult_t;
typedef unsigned long toySize_t;
toyResult_t toySend(toySize_t count);
