// A macro less.

typedef enum { toySuccess = 0 } toyResult_t;
#define TOY_LIMIT 16
