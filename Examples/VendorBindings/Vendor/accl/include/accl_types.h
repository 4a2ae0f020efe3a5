/* The types of ACCL, the collective library of a vendor that does not exist. */
#ifndef ACCL_TYPES_H_
#define ACCL_TYPES_H_

/// What identifies a group of ranks. One rank makes it, all ranks receive it.
typedef struct {
  unsigned char bytes[256];
} acclId;

/// How a call ended.
typedef enum {
  acclOk = 0,
  acclBadArgument = 1,
  acclBadContext = 2,
  acclUnsupported = 3
} acclStatus_t;

/// The element types.
typedef enum {
  acclF32 = 1,
  acclF64 = 2,
  acclI32 = 4,
  acclI64 = 5
} acclType_t;

/// The reductions.
typedef enum {
  acclAdd = 0,
  acclMul = 1,
  acclMaximum = 2
} acclOp_t;

#endif
