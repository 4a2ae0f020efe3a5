// The vendor means to remove a function and a variable.

typedef enum { toySuccess = 0 } toyResult_t;
toyResult_t toyOpen(int rank);
extern int toyOld;
