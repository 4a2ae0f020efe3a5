// No longer deprecated; another text alone is no change.

typedef enum { toySuccess = 0 } toyResult_t;
toyResult_t toyOpen(int rank);
__attribute__((deprecated("use toyC"))) toyResult_t toyB(void);
