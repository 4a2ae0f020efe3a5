// A wider number as a result.

typedef enum { toySuccess = 0 } toyResult_t;
int toyCount(void);
