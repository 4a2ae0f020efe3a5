// The same type under another name.

typedef enum { toySuccess = 0 } toyResult_t;
typedef int toyLevel_t;
extern toyLevel_t toyVerbosity;
