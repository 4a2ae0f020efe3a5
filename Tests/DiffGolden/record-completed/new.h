// The header shows what it kept to itself.

typedef enum { toySuccess = 0 } toyResult_t;
struct toyPoint { int x, y; };
toyResult_t toyMove(struct toyPoint *point);
