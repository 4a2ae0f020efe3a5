// The same type by another way.

typedef enum { toySuccess = 0 } toyResult_t;
typedef unsigned long toySize_t;
