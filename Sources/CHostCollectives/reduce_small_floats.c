// 16- and 8-bit floats: widened to float32, combined there, narrowed once. In tiles, so that what
// is widened stays in the first cache.

#include <string.h>

#include "reduce.h"
#include "small_floats.h"

enum { TILE = 1024 };

typedef void Widen(const void *source, float *destination, size_t count);
typedef void Narrow(const float *source, void *destination, size_t count);

#define DEFINE(suffix, Element, from, to)                                              \
  static void widen##suffix(const void *source, float *destination, size_t count) {    \
    const Element *element = source;                                                   \
    for (size_t i = 0; i < count; i++) destination[i] = from(element[i]);              \
  }                                                                                    \
  static void narrow##suffix(const float *source, void *destination, size_t count) {   \
    Element *element = destination;                                                    \
    for (size_t i = 0; i < count; i++) element[i] = to(source[i]);                     \
  }

DEFINE(Float16, uint16_t, hci_from_float16, hci_to_float16)
DEFINE(BFloat16, uint16_t, hci_from_bfloat16, hci_to_bfloat16)
DEFINE(E4M3, uint8_t, hci_from_e4m3, hci_to_e4m3)
DEFINE(E5M2, uint8_t, hci_from_e5m2, hci_to_e5m2)

static const struct {
  Widen *widen;
  Narrow *narrow;
} conversions[HC_TYPE_COUNT] = {
    [HC_FLOAT16] = {widenFloat16, narrowFloat16},
    [HC_BFLOAT16] = {widenBFloat16, narrowBFloat16},
    [HC_FLOAT8E4M3] = {widenE4M3, narrowE4M3},
    [HC_FLOAT8E5M2] = {widenE5M2, narrowE5M2},
};

bool hc_widen(hc_type type, const void *source, float *destination, size_t count) {
  if ((unsigned)type >= HC_TYPE_COUNT || conversions[type].widen == NULL) return false;
  conversions[type].widen(source, destination, count);
  return true;
}

bool hc_narrow(hc_type type, const float *source, void *destination, size_t count) {
  if ((unsigned)type >= HC_TYPE_COUNT || conversions[type].narrow == NULL) return false;
  conversions[type].narrow(source, destination, count);
  return true;
}

static void combine(hc_op op, float *sum, const float *next, size_t count) {
  switch (op) {
    case HC_SUM:
    case HC_AVG:
      for (size_t i = 0; i < count; i++) sum[i] += next[i];
      break;
    case HC_PROD:
      for (size_t i = 0; i < count; i++) sum[i] *= next[i];
      break;
    case HC_MAX:
      for (size_t i = 0; i < count; i++) {
        sum[i] = next[i] > sum[i] || sum[i] != sum[i] ? next[i] : sum[i];
      }
      break;
    case HC_MIN:
      for (size_t i = 0; i < count; i++) {
        sum[i] = next[i] < sum[i] || sum[i] != sum[i] ? next[i] : sum[i];
      }
      break;
  }
}

void hci_reduce_small_floats(
    const Reduction *reduction, const void *const *sources, int sourceCount, void *destination,
    size_t count) {
  Widen *widen = conversions[reduction->type].widen;
  Narrow *narrow = conversions[reduction->type].narrow;
  size_t size = hc_type_size(reduction->type);
  float sum[TILE], next[TILE];

  for (size_t begin = 0; begin < count; begin += TILE) {
    size_t length = count - begin < TILE ? count - begin : TILE;
    widen((const char *)sources[0] + begin * size, sum, length);
    for (int s = 1; s < sourceCount; s++) {
      widen((const char *)sources[s] + begin * size, next, length);
      combine(reduction->op, sum, next, length);
    }
    for (size_t i = 0; reduction->op == HC_AVG && i < length; i++) sum[i] /= (float)sourceCount;
    narrow(sum, (char *)destination + begin * size, length);
  }
}
