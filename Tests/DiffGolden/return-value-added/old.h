// A function without a result has one.

typedef enum { toySuccess = 0 } toyResult_t;
void toyFlush(int rank);
