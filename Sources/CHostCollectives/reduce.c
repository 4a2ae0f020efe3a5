#include "reduce.h"

void hci_reduce(
    const Reduction *reduction, const void *const *sources, int sourceCount, void *destination,
    size_t count) {
  switch (reduction->type) {
    case HC_INT8:
    case HC_UINT8:
    case HC_INT32:
    case HC_UINT32:
    case HC_INT64:
    case HC_UINT64:
      hci_reduce_integers(reduction, sources, sourceCount, destination, count);
      break;
    case HC_FLOAT32:
    case HC_FLOAT64:
      hci_reduce_reals(reduction, sources, sourceCount, destination, count);
      break;
    case HC_FLOAT16:
    case HC_BFLOAT16:
    case HC_FLOAT8E4M3:
    case HC_FLOAT8E5M2:
      hci_reduce_small_floats(reduction, sources, sourceCount, destination, count);
      break;
  }
}
