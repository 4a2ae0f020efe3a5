// The library exports what each program had for itself.

typedef enum { toySuccess = 0 } toyResult_t;
static const int toyLimit = 4;
