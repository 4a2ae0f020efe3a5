// Declared for everybody now.

typedef enum { toySuccess = 0 } toyResult_t;
#if defined(TOY_EXTRA)
toyResult_t toyExtra(void);
#endif
