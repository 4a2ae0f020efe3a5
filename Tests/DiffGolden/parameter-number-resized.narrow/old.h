// A narrow number of another sign, which the caller extends in another way; and one that is passed in a floating-point register.

typedef enum { toySuccess = 0 } toyResult_t;
toyResult_t toySet(signed char level, int scale);
