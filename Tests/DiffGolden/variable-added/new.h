// An exported variable more.

typedef enum { toySuccess = 0 } toyResult_t;
extern int toyVerbosity;
