// A number of another sign as a result.

typedef enum { toySuccess = 0 } toyResult_t;
int toyRank(void);
