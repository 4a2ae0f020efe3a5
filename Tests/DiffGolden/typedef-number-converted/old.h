// A number of another sign.

typedef enum { toySuccess = 0 } toyResult_t;
typedef int toyRank_t;
toyResult_t toyOpen(toyRank_t rank);
