// The library writes eight bytes where old programs have four.

typedef enum { toySuccess = 0 } toyResult_t;
toyResult_t toyCount(int *count);
