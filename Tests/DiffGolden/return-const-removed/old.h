// Callers may write through the result.

typedef enum { toySuccess = 0 } toyResult_t;
const char *toyName(void);
