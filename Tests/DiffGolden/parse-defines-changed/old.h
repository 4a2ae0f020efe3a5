// Read with a macro more, which brings a function.

typedef enum { toySuccess = 0 } toyResult_t;
#ifdef TOY_EXTRA
toyResult_t toyExtra(void);
#endif
