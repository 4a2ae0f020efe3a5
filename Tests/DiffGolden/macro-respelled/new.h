// The same value written in another way.

typedef enum { toySuccess = 0 } toyResult_t;
#define TOY_LIMIT (1 << 4)
