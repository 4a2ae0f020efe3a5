// A type name more.

typedef enum { toySuccess = 0 } toyResult_t;
