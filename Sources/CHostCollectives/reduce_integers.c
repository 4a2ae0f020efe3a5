// Integers wrap around, so sums and products are computed unsigned. The sum of an average has twice
// the bits, so it is exact; C's division truncates toward zero.

#include <string.h>

#include "reduce.h"

#define EACH_SOURCE(statement)                             \
  for (int s = 1; s < sourceCount; s++) {                  \
    const Element *source = sources[s];                    \
    for (size_t i = 0; i < count; i++) { statement; }      \
  }

// `Wrapping` is unsigned and no narrower than int, lest it be promoted to a signed type.
#define DEFINE(name, ElementType, WrappingType, WideType)                                       \
  static void name(                                                                             \
      const Reduction *reduction, const void *const *sources, int sourceCount, void *to,        \
      size_t count) {                                                                           \
    typedef ElementType Element;                                                                \
    typedef WrappingType Wrapping;                                                              \
    typedef WideType Wide;                                                                      \
    Element *destination = to;                                                                  \
    const Element *first = sources[0];                                                          \
    switch (reduction->op) {                                                                    \
      case HC_SUM:                                                                              \
        memcpy(destination, first, count * sizeof(Element));                                    \
        EACH_SOURCE(destination[i] = (Element)((Wrapping)destination[i] + (Wrapping)source[i])) \
        break;                                                                                  \
      case HC_PROD:                                                                             \
        memcpy(destination, first, count * sizeof(Element));                                    \
        EACH_SOURCE(destination[i] = (Element)((Wrapping)destination[i] * (Wrapping)source[i])) \
        break;                                                                                  \
      case HC_MAX:                                                                              \
        memcpy(destination, first, count * sizeof(Element));                                    \
        EACH_SOURCE(destination[i] = source[i] > destination[i] ? source[i] : destination[i])   \
        break;                                                                                  \
      case HC_MIN:                                                                              \
        memcpy(destination, first, count * sizeof(Element));                                    \
        EACH_SOURCE(destination[i] = source[i] < destination[i] ? source[i] : destination[i])   \
        break;                                                                                  \
      case HC_AVG:                                                                              \
        for (size_t i = 0; i < count; i++) {                                                    \
          Wide sum = 0;                                                                         \
          for (int s = 0; s < sourceCount; s++) sum += ((const Element *)sources[s])[i];        \
          destination[i] = (Element)(sum / (Wide)sourceCount);                                  \
        }                                                                                       \
        break;                                                                                  \
    }                                                                                           \
  }

DEFINE(reduceInt8, int8_t, uint32_t, int64_t)
DEFINE(reduceUInt8, uint8_t, uint32_t, uint64_t)
DEFINE(reduceInt32, int32_t, uint32_t, int64_t)
DEFINE(reduceUInt32, uint32_t, uint32_t, uint64_t)
DEFINE(reduceInt64, int64_t, uint64_t, __int128)
DEFINE(reduceUInt64, uint64_t, uint64_t, unsigned __int128)

void hci_reduce_integers(
    const Reduction *reduction, const void *const *sources, int sourceCount, void *destination,
    size_t count) {
  switch (reduction->type) {
    case HC_INT8: reduceInt8(reduction, sources, sourceCount, destination, count); break;
    case HC_UINT8: reduceUInt8(reduction, sources, sourceCount, destination, count); break;
    case HC_INT32: reduceInt32(reduction, sources, sourceCount, destination, count); break;
    case HC_UINT32: reduceUInt32(reduction, sources, sourceCount, destination, count); break;
    case HC_INT64: reduceInt64(reduction, sources, sourceCount, destination, count); break;
    default: reduceUInt64(reduction, sources, sourceCount, destination, count); break;
  }
}
