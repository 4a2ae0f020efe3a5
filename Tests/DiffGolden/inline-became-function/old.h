// The library exports what the header defined.

typedef enum { toySuccess = 0 } toyResult_t;
static inline int toyTwice(int n) { return 2 * n; }
