// The other build: see the first.
#define TOY_MAJOR 1
#define TOY_MINOR 0
#define TOY_PATCH 0

typedef enum { toySuccess = 0, toyError = 1 } toyResult_t;

toyResult_t toyScatter(const void *from, void *to, long count, void **relay);
toyResult_t toyFence(void);
toyResult_t toyGetVersion(int *version);
