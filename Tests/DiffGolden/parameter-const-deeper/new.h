// const behind a second pointer, and on the first, which converts.

typedef enum { toySuccess = 0 } toyResult_t;
toyResult_t toySend(const char **names, char *const *more);
