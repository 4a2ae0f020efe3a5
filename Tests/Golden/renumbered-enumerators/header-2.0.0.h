// The later release of the two: see the first.
#define TOY_MAJOR 2
#define TOY_MINOR 0
#define TOY_PATCH 0

typedef enum { toySuccess = 0, toyError = 1, toyInProgress = 2, toyOdd = 4, toyNumResults = 5 } toyResult_t;

toyResult_t toyPoll(void);
