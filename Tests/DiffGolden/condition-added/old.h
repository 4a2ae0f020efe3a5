// Declared only where a macro is given.

typedef enum { toySuccess = 0 } toyResult_t;
toyResult_t toyExtra(void);
