// A result less: old callers read what is left in the register.

typedef enum { toySuccess = 0 } toyResult_t;
int toyClose(int rank);
