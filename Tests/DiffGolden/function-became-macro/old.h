// A macro stands where a function was declared.

typedef enum { toySuccess = 0 } toyResult_t;
toyResult_t toyOpen(int rank);
