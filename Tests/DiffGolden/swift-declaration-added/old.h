// A flag group of the profile makes new names of a macro that both have.

typedef enum { toySuccess = 0 } toyResult_t;
#define TOY_OPEN_FAST 1
toyResult_t toyOpen(int rank, int flags);
