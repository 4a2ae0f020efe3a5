// Fewer bytes are kept. A name that gave bytes up is no reserve.

typedef enum { toySuccess = 0 } toyResult_t;
typedef struct { long x; char reserved[24]; } toyProps_t;
typedef struct { int kind; char name[24]; } toyNamed_t;
