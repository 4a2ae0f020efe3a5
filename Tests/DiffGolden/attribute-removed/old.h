// An attribute less.

typedef enum { toySuccess = 0 } toyResult_t;
__attribute__((warn_unused_result)) toyResult_t toyOpen(int rank);
