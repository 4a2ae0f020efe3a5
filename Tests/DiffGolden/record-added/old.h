// A structure that older releases lack.

typedef enum { toySuccess = 0 } toyResult_t;
