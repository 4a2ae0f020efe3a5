// The library exports what the header defined.

typedef enum { toySuccess = 0 } toyResult_t;
int toyTwice(int n);
