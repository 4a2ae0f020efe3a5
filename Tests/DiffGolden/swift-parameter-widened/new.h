// Pointers that convert by themselves; a handle does not.

typedef enum { toySuccess = 0 } toyResult_t;
typedef struct toyComm *toyComm_t;
toyResult_t toySend(const int *a, void *b, const void *c, toyComm_t comm);
toyResult_t toyUse(void *comm);
