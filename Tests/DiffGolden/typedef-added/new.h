// A type name more.

typedef enum { toySuccess = 0 } toyResult_t;
typedef unsigned long toySize_t;
