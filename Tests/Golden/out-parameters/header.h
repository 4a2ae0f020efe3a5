// Parameters that the library writes: one, several, text, a handle, a record, an enumeration, beside
// inputs that look the same. The profile says which are which.
#define TOY_MAJOR 1
#define TOY_MINOR 2
#define TOY_PATCH 3

#include <stddef.h>

typedef enum { toySuccess = 0, toyError = 1 } toyResult_t;
typedef struct toyComm *toyComm_t;
typedef enum { toyCommIdle = 0, toyCommBusy = 1 } toyCommState_t;

typedef struct {
  int x, y;
} toyPoint_t;

toyResult_t toyGetVersion(int *version);
toyResult_t toyCommCreate(int ranks, toyComm_t *comm);
toyResult_t toyCommSize(toyComm_t comm, int *ranks, int *local);
toyResult_t toyCommState(toyComm_t comm, toyCommState_t *state);
toyResult_t toyCommName(toyComm_t comm, const char **name, size_t *length);
toyResult_t toyCommPlace(toyComm_t comm, toyPoint_t *place);
toyResult_t toyCommMemory(toyComm_t comm, void **memory);
/* Reads as many numbers as it is given. */
toyResult_t toySum(const int *numbers, int count, long long *sum);
/* Writes, and returns no status. */
void toyNow(double *seconds);
/* Writes, and returns something of its own. */
size_t toyFill(char *text, size_t size, int *rest);
