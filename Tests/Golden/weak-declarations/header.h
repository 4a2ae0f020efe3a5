// A weak declaration says that the symbol may be absent from the library: a missing one is normal,
// and its address may be null.
#define TOY_MAJOR 1
#define TOY_MINOR 2
#define TOY_PATCH 3

typedef enum { toySuccess = 0, toyError = 1 } toyResult_t;

toyResult_t toyInit(void);
/// Only in libraries that were built with the profiler.
toyResult_t toyProfilerStart(int mask) __attribute__((weak));
__attribute__((weak)) toyResult_t toyProfilerStop(void);

#pragma weak toyTrace
toyResult_t toyTrace(const char *text);

extern int toyProfilerEnabled __attribute__((weak));
