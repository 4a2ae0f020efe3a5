// An exported variable less.

typedef enum { toySuccess = 0 } toyResult_t;
extern int toyVerbosity;
