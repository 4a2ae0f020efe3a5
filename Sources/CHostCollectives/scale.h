// The scalar of a premultiplied sum. A rank multiplies its own elements while it puts them where
// the others see them, so that ranks need not have the same scalar, nor know each other's.

#ifndef HCI_SCALE_H
#define HCI_SCALE_H

#include "host_collectives.h"

#pragma GCC visibility push(hidden)

typedef enum ScalarPlace {
  HCI_NO_SCALAR = 0,
  HCI_SCALAR_COPIED,
  HCI_SCALAR_IN_MEMORY,
} ScalarPlace;

typedef struct Scalar {
  ScalarPlace place;
  hc_type type;
  union {
    unsigned char bytes[8];
    const void *address;
  };
} Scalar;

/// The scalar at `address`: as it is now, or, with `keepAddress`, as it will be then.
Scalar hci_scalar(const void *address, hc_type type, bool keepAddress);

/// Copies `count` elements, each multiplied with the scalar, if there is one. The rules are at
/// `hc_op_create_premul_sum`. The memories do not overlap.
void hci_copy_scaled(
    const Scalar *scalar, hc_type type, const void *source, void *destination, size_t count);

#pragma GCC visibility pop

#endif
