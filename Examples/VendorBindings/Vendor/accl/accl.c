// A stand-in for the vendor's library: groups of one rank, with every argument checked, so that a
// binding that hands over a wrong one is found out.

#include "accl.h"

#include <stdlib.h>
#include <string.h>

enum { mark = 0x4143434c };

struct acclContext {
  int mark;
  long long elements;
};

acclStatus_t acclGetVersion(int *version) {
  if (!version) return acclBadArgument;
  *version = 10000 * ACCL_MAJOR + 100 * ACCL_MINOR + ACCL_PATCH;
  return acclOk;
}

const char *acclStatusText(acclStatus_t status) {
  switch (status) {
  case acclOk: return "all is well";
  case acclBadArgument: return "an argument is out of range";
  case acclBadContext: return "not a context";
  case acclUnsupported: return "this library has one rank only";
  }
  return "no such status";
}

acclStatus_t acclMakeId(acclId *id) {
  if (!id) return acclBadArgument;
  for (int i = 0; i < 256; ++i) id->bytes[i] = (unsigned char)(255 - i);
  return acclOk;
}

acclStatus_t acclInitRank(acclContext_t *ctx, int rank, int nranks, const acclId *id) {
  if (!ctx || !id || rank < 0 || rank >= nranks) return acclBadArgument;
  for (int i = 0; i < 256; ++i) {
    if (id->bytes[i] != 255 - i) return acclBadArgument;
  }
  if (nranks != 1) return acclUnsupported;
  *ctx = calloc(1, sizeof(struct acclContext));
  if (!*ctx) return acclBadContext;
  (*ctx)->mark = mark;
  return acclOk;
}

acclStatus_t acclCountElements(acclContext_t ctx, long long *elements) {
  if (!ctx || ctx->mark != mark) return acclBadContext;
  if (!elements) return acclBadArgument;
  *elements = ctx->elements;
  return acclOk;
}

static int size_of(acclType_t type) {
  switch (type) {
  case acclF32: case acclI32: return 4;
  case acclF64: case acclI64: return 8;
  }
  return 0;
}

acclStatus_t acclAllReduce(acclContext_t ctx, const void *in, void *out, int count,
    acclType_t type, acclOp_t op, acclQueue_t queue) {
  if (!ctx || ctx->mark != mark) return acclBadContext;
  if (!in || !out || !queue || count < 0 || !size_of(type)) return acclBadArgument;
  if (op != acclAdd && op != acclMul && op != acclMaximum) return acclBadArgument;
  // One rank's sum, product and maximum are what it gave.
  memmove(out, in, (size_t)count * (size_t)size_of(type));
  ctx->elements += count;
  return acclOk;
}

acclStatus_t acclFinish(acclContext_t ctx) {
  if (!ctx || ctx->mark != mark) return acclBadContext;
  ctx->mark = 0;
  free(ctx);
  return acclOk;
}
