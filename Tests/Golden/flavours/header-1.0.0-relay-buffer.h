// Two builds of one release that differ in a signature: nothing in the library's version tells them
// apart, so the profile gives them names.
#define TOY_MAJOR 1
#define TOY_MINOR 0
#define TOY_PATCH 0

typedef enum { toySuccess = 0, toyError = 1 } toyResult_t;

toyResult_t toyScatter(const void *from, void *to, long count, void *relay, long bytes);
toyResult_t toyFence(void);
toyResult_t toyGetVersion(int *version);
