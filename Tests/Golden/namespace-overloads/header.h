// A C++ namespace that declares functions of the same unqualified names with other parameters. A
// symbol is what has C linkage; in C the namespace is not there.
#define TOY_MAJOR 1
#define TOY_MINOR 2
#define TOY_PATCH 3

#include <stddef.h>

typedef enum { toySuccess = 0, toyError = 1 } toyResult_t;

#ifdef __cplusplus
extern "C" {
#endif
toyResult_t toyPutSignal(const void *local, size_t count, int peer);
toyResult_t toyWaitSignal(int peer, int operations);
#ifdef __cplusplus
}

namespace toyx {
toyResult_t toyPutSignal(const void *local, size_t count, int peer, int signal, int context);
toyResult_t toyWaitSignal(int signal);
}
#endif
