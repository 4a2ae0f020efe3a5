// Parameters that later releases add at the end, for which everyone passes the same: one method with
// defaults calls all releases, and refuses what the loaded one cannot take.
#define TOY_MAJOR 1
#define TOY_MINOR 0
#define TOY_PATCH 0

typedef enum { toySuccess = 0, toyError = 1 } toyResult_t;

toyResult_t toySend(const void *buffer, long count);
