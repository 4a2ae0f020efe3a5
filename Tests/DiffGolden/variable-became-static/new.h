// Each program has its own.

typedef enum { toySuccess = 0 } toyResult_t;
static const int toyLimit = 4;
