// Pointers that convert by themselves; a handle does not.

typedef enum { toySuccess = 0 } toyResult_t;
typedef struct toyComm *toyComm_t;
toyResult_t toySend(int *a, int *b, const int *c, toyComm_t comm);
toyResult_t toyUse(toyComm_t comm);
