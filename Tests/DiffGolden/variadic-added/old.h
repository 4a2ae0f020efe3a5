// A function takes more arguments behind its last.

typedef enum { toySuccess = 0 } toyResult_t;
toyResult_t toyLog(const char *format);
