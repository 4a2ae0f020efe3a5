// float32 and float64, in their own precision.

#include <string.h>

#include "reduce.h"

#define EACH_SOURCE(statement)                             \
  for (int s = 1; s < sourceCount; s++) {                  \
    const Element *source = sources[s];                    \
    for (size_t i = 0; i < count; i++) { statement; }      \
  }

// The comparisons of max and min are false if `source[i]` is NaN, so the other operand stays.
#define DEFINE(name, ElementType)                                                              \
  static void name(                                                                            \
      const Reduction *reduction, const void *const *sources, int sourceCount, void *to,       \
      size_t count) {                                                                          \
    typedef ElementType Element;                                                               \
    Element *destination = to;                                                                 \
    memcpy(destination, sources[0], count * sizeof(Element));                                  \
    switch (reduction->op) {                                                                   \
      case HC_SUM: EACH_SOURCE(destination[i] += source[i]) break;                             \
      case HC_PROD: EACH_SOURCE(destination[i] *= source[i]) break;                            \
      case HC_MAX:                                                                             \
        EACH_SOURCE(                                                                           \
            destination[i] = source[i] > destination[i] || destination[i] != destination[i]    \
                                 ? source[i]                                                   \
                                 : destination[i])                                             \
        break;                                                                                 \
      case HC_MIN:                                                                             \
        EACH_SOURCE(                                                                           \
            destination[i] = source[i] < destination[i] || destination[i] != destination[i]    \
                                 ? source[i]                                                   \
                                 : destination[i])                                             \
        break;                                                                                 \
      case HC_AVG:                                                                             \
        EACH_SOURCE(destination[i] += source[i])                                               \
        for (size_t i = 0; i < count; i++) destination[i] /= (Element)sourceCount;             \
        break;                                                                                 \
    }                                                                                          \
  }

DEFINE(reduceFloat32, float)
DEFINE(reduceFloat64, double)

void hci_reduce_reals(
    const Reduction *reduction, const void *const *sources, int sourceCount, void *destination,
    size_t count) {
  if (reduction->type == HC_FLOAT32) {
    reduceFloat32(reduction, sources, sourceCount, destination, count);
  } else {
    reduceFloat64(reduction, sources, sourceCount, destination, count);
  }
}
