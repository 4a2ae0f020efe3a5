// The same result under another name.

typedef enum { toySuccess = 0 } toyResult_t;
typedef int toyRank_t;
toyRank_t toyRank(void);
