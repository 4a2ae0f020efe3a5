// Another kind of result.

typedef enum { toySuccess = 0 } toyResult_t;
int toyName(int rank);
