// A macro more.

typedef enum { toySuccess = 0 } toyResult_t;
