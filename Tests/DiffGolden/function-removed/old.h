// A function that the new release lacks.

typedef enum { toySuccess = 0 } toyResult_t;
toyResult_t toyOpen(int rank);
