// Another kind of result.

typedef enum { toySuccess = 0 } toyResult_t;
const char *toyName(int rank);
