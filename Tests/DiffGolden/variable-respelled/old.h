// The same type under another name.

typedef enum { toySuccess = 0 } toyResult_t;
extern int toyVerbosity;
