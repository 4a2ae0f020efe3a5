// Each program has its own.

typedef enum { toySuccess = 0 } toyResult_t;
extern const int toyLimit;
