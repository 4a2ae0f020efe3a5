// A type name less.

typedef enum { toySuccess = 0 } toyResult_t;
