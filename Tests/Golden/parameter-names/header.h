// Names of parameters that Swift cannot have, that mean something else there, that come out the same
// when they are respelled, or that are not given at all.
#define TOY_MAJOR 1
#define TOY_MINOR 2
#define TOY_PATCH 3

typedef enum { toySuccess = 0, toyError = 1 } toyResult_t;

toyResult_t toyUnnamed(int, const char *, void *);
toyResult_t toyPartly(int first, int, int argument2);
toyResult_t toyHide(int self, int Self, int super, int library, int functions, int check);
toyResult_t toyDigits(int _1st, int x2, int __3);
toyResult_t toyRespelled(int send_count, int sendCount, int SendCount);
toyResult_t toyForeign(int $, int a$b, int größe);
toyResult_t toyOwn(int _bcResult, int _bcFunction, int vendor);
