// The header defines what the library exported.

typedef enum { toySuccess = 0 } toyResult_t;
int toyTwice(int n);
