// The same bytes as another type.

typedef enum { toySuccess = 0 } toyResult_t;
extern unsigned toyVerbosity;
