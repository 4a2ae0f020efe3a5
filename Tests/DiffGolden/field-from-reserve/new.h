// A field in bytes that were kept for it; where a record stands within another one, nothing moves.

typedef enum { toySuccess = 0 } toyResult_t;
typedef struct { long x; long y; unsigned char reserved[16]; } toyProps_t;
typedef struct { toyProps_t props; long id; } toyOuter_t;
