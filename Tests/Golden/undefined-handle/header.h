// A type that is declared nowhere, as when a toolkit's header is missing. Clang reports an error,
// goes on with int, and drops the record's later fields: the reader must refuse.
#define TOY_MAJOR 1
#define TOY_MINOR 2
#define TOY_PATCH 3

typedef enum { toySuccess = 0, toyError = 1 } toyResult_t;

typedef struct {
  int size;
  toyEvent_t completion;
  int priority;
  int flags;
} toyCollConfig_t;

toyResult_t toyAllReduce(const void *sendbuff, void *recvbuff, toyStream_t stream);
toyResult_t toyConfigure(const toyCollConfig_t *config);
