// Declared for everybody now.

typedef enum { toySuccess = 0 } toyResult_t;
toyResult_t toyExtra(void);
