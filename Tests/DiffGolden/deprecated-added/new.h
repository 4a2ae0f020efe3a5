// The vendor means to remove a function and a variable.

typedef enum { toySuccess = 0 } toyResult_t;
__attribute__((deprecated("use toyOpenAll"))) toyResult_t toyOpen(int rank);
__attribute__((deprecated)) extern int toyOld;
