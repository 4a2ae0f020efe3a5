// The variable holds something else.

typedef enum { toySuccess = 0 } toyResult_t;
extern int toyTable[8];
