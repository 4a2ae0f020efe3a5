/* ACCL, the collective library of a vendor that does not exist: unlike NCCL, the context comes
 * first, counts are int, and the 256-byte id goes by pointer. */
#ifndef ACCL_H_
#define ACCL_H_

#include "accl_types.h"

#define ACCL_MAJOR 1
#define ACCL_MINOR 4
#define ACCL_PATCH 0

#ifdef __cplusplus
extern "C" {
#endif

/// One rank's membership of a group.
typedef struct acclContext *acclContext_t;

/// A queue of a device, of the vendor's run-time library.
typedef struct accrtQueue *acclQueue_t;

/// Writes 10000 * major + 100 * minor + patch.
acclStatus_t acclGetVersion(int *version);

/// Words for a status. The text belongs to the library.
const char *acclStatusText(acclStatus_t status);

/// Makes a new id.
acclStatus_t acclMakeId(acclId *id);

/// Joins the group of `nranks` ranks as `rank`.
acclStatus_t acclInitRank(acclContext_t *ctx, int rank, int nranks, const acclId *id);

/// How many elements this rank has given so far.
acclStatus_t acclCountElements(acclContext_t ctx, long long *elements);

/// Combines `count` elements of every rank, and gives the result to every rank.
acclStatus_t acclAllReduce(acclContext_t ctx, const void *in, void *out, int count,
    acclType_t type, acclOp_t op, acclQueue_t queue);

/// Leaves the group.
acclStatus_t acclFinish(acclContext_t ctx);

#ifdef __cplusplus
}
#endif

#endif
