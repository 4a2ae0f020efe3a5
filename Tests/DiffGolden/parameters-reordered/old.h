// The same parameters in another order.

typedef enum { toySuccess = 0 } toyResult_t;
toyResult_t toyCopy(int from, int to);
