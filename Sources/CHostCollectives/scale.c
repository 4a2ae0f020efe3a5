#include "scale.h"

#include <string.h>

#define DEFINE(name, Element)                                                              \
  static void name(const void *factor, const void *from, void *to, size_t count) {         \
    Element scalar;                                                                        \
    memcpy(&scalar, factor, sizeof scalar);                                                \
    const Element *source = from;                                                          \
    Element *destination = to;                                                             \
    for (size_t i = 0; i < count; i++) destination[i] = (Element)(source[i] * scalar);     \
  }

// The low bits of a product are the same for signed and unsigned integers.
DEFINE(scale8, uint8_t)
DEFINE(scale32, uint32_t)
DEFINE(scale64, uint64_t)
DEFINE(scaleFloat32, float)
DEFINE(scaleFloat64, double)

/// In tiles, so that what is widened stays in the first cache.
static void scaleSmallFloats(
    hc_type type, const void *factor, const void *from, void *to, size_t count) {
  enum { TILE = 1024 };
  size_t size = hc_type_size(type);
  float scalar, tile[TILE];
  hc_widen(type, factor, &scalar, 1);
  for (size_t begin = 0; begin < count; begin += TILE) {
    size_t length = count - begin < TILE ? count - begin : TILE;
    hc_widen(type, (const char *)from + begin * size, tile, length);
    for (size_t i = 0; i < length; i++) tile[i] *= scalar;
    hc_narrow(type, tile, (char *)to + begin * size, length);
  }
}

Scalar hci_scalar(const void *address, hc_type type, bool keepAddress) {
  Scalar scalar = {.place = keepAddress ? HCI_SCALAR_IN_MEMORY : HCI_SCALAR_COPIED, .type = type};
  if (keepAddress) {
    scalar.address = address;
  } else {
    memcpy(scalar.bytes, address, hc_type_size(type));
  }
  return scalar;
}

void hci_copy_scaled(
    const Scalar *scalar, hc_type type, const void *source, void *destination, size_t count) {
  if (scalar->place == HCI_NO_SCALAR) {
    memcpy(destination, source, count * hc_type_size(type));
    return;
  }
  const void *factor = scalar->place == HCI_SCALAR_COPIED ? scalar->bytes : scalar->address;
  switch (type) {
    case HC_INT8:
    case HC_UINT8: scale8(factor, source, destination, count); break;
    case HC_INT32:
    case HC_UINT32: scale32(factor, source, destination, count); break;
    case HC_INT64:
    case HC_UINT64: scale64(factor, source, destination, count); break;
    case HC_FLOAT32: scaleFloat32(factor, source, destination, count); break;
    case HC_FLOAT64: scaleFloat64(factor, source, destination, count); break;
    case HC_FLOAT16:
    case HC_BFLOAT16:
    case HC_FLOAT8E4M3:
    case HC_FLOAT8E5M2: scaleSmallFloats(type, factor, source, destination, count); break;
  }
}
