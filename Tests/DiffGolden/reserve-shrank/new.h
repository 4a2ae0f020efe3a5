// Fewer bytes are kept. A name that gave bytes up is no reserve.

typedef enum { toySuccess = 0 } toyResult_t;
typedef struct { long x; int y; char reserved[20]; } toyProps_t;
typedef struct { int kind; int id; char name[20]; } toyNamed_t;
