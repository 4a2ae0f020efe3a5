// A wider number; what takes it changed underneath.

typedef enum { toySuccess = 0 } toyResult_t;
typedef long toyRank_t;
toyResult_t toyOpen(toyRank_t rank);
