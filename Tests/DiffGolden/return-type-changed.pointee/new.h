// The result leads to memory of another layout.

typedef enum { toySuccess = 0 } toyResult_t;
const long *toyRanks(int comm);
