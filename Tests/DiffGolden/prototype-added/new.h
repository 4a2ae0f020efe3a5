// f() became f(void).

typedef enum { toySuccess = 0 } toyResult_t;
toyResult_t toyFlush(void);
