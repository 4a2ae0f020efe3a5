// Each function has a twin for profilers with one more letter in front, and one twin is misspelt. A
// twin that does not fit must not be taken for an interface of its own.
#define TOY_MAJOR 1
#define TOY_MINOR 2
#define TOY_PATCH 3

typedef enum { toySuccess = 0, toyError = 1 } toyResult_t;
typedef struct toyComm *toyComm_t;

toyResult_t toyGetVersion(int *version);
toyResult_t ptoyGetVersion(int *version);
const char *toyGetErrorString(toyResult_t result);
const char *ptoyGetErrorString(toyResult_t result);
const char *toyGetLastError(toyComm_t comm);
/* Should be ptoyGetLastError. */
const char *ptoyGetError(toyComm_t comm);
toyResult_t toyCommCount(toyComm_t comm, int *count);
/* Should be ptoyCommCount. */
toyResult_t peoyCommCount(toyComm_t comm, int *count);
/* A function without a twin whose own name begins like one. */
toyResult_t ptoyist(void);
