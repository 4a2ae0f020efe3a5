// A function stands where a macro was defined.

typedef enum { toySuccess = 0 } toyResult_t;
toyResult_t toyOpenAll(int rank, int flags);
toyResult_t toyOpen(int rank);
