// A function takes no arguments behind its last any more.

typedef enum { toySuccess = 0 } toyResult_t;
toyResult_t toyLog(const char *format);
