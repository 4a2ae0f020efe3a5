// The header defines what the library exported.

typedef enum { toySuccess = 0 } toyResult_t;
static inline int toyTwice(int n) { return 2 * n; }
