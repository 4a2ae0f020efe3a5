// A program no longer starts without the function.

typedef enum { toySuccess = 0 } toyResult_t;
__attribute__((weak)) toyResult_t toyOpen(int rank);
