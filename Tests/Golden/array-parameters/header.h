// Parameters that are arrays are pointers, and `const` may stand at the element, at the handle or
// at the parameter itself. Only some of these are part of the ABI.
#define TOY_MAJOR 1
#define TOY_MINOR 2
#define TOY_PATCH 3

#include <stddef.h>

typedef enum { toySuccess = 0, toyError = 1 } toyResult_t;
typedef struct toyComm *toyComm_t;

toyResult_t toyAllToAllV(const void *sendbuff, const size_t sendcounts[], const size_t sdispls[],
    void *recvbuff, const size_t recvcounts[], const size_t rdispls[], toyComm_t comm);
toyResult_t toyAllToAllD(const void *sendbuff[], const size_t sendcounts[], void *recvbuff[],
    const size_t recvcounts[], toyComm_t comm);
/* The const is the handle's own: the pointee is not const. */
toyResult_t toyCommCount(const toyComm_t comm, int *count);
/* A const on a parameter that is passed by value does not concern the caller. */
toyResult_t toySend(const void *const sendbuff, const size_t count, const int peer);
/* Bounds, `static` and qualifiers in the brackets change nothing for the caller. */
toyResult_t toyGetName(char name[64], const int sizes[static 2], int *const restrict length);
toyResult_t toyTranspose(float matrix[4][4], const float (*rows)[4]);
