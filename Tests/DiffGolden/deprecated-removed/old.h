// No longer deprecated; another text alone is no change.

typedef enum { toySuccess = 0 } toyResult_t;
__attribute__((deprecated)) toyResult_t toyOpen(int rank);
__attribute__((deprecated("use toyA"))) toyResult_t toyB(void);
