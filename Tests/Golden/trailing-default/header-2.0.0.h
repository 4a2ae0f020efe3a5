// The second release of three: see the first.
#define TOY_MAJOR 2
#define TOY_MINOR 0
#define TOY_PATCH 0

typedef enum { toySuccess = 0, toyError = 1 } toyResult_t;

toyResult_t toySend(const void *buffer, long count, int hints);
