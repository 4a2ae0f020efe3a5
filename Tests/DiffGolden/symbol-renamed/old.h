// The header redirects a name to another symbol.

typedef enum { toySuccess = 0 } toyResult_t;
toyResult_t toyOpen(int rank);
