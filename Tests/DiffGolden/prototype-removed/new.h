// f(void) became f().

typedef enum { toySuccess = 0 } toyResult_t;
toyResult_t toyFlush();
