// Declared where another macro is given.

typedef enum { toySuccess = 0 } toyResult_t;
#if defined(TOY_MORE) && TOY_MORE > 0
toyResult_t toyExtra(void);
#endif
