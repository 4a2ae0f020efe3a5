// Programs may no longer write it.

typedef enum { toySuccess = 0 } toyResult_t;
extern int toyVerbosity;
