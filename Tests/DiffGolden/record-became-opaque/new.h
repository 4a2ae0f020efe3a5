// The header no longer shows what is in it.

typedef enum { toySuccess = 0 } toyResult_t;
struct toyPoint;
toyResult_t toyMove(struct toyPoint *point);
