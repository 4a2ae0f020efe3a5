// An array parameter, which is a pointer, names another length.

typedef enum { toySuccess = 0 } toyResult_t;
toyResult_t toyName(char name[32]);
