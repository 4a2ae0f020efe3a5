// An enumeration that the new release lacks.

typedef enum { toySuccess = 0 } toyResult_t;
