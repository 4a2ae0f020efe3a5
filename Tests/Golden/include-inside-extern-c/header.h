// A system header included between the braces of extern "C", an include guard, and what the
// included header declares. None of that belongs to the vendor.
#define TOY_MAJOR 1
#define TOY_MINOR 2
#define TOY_PATCH 3

#ifndef TOY_H_
#define TOY_H_

#ifdef __cplusplus
extern "C" {
#endif

#include <limits.h>
#include <stdint.h>

typedef enum { toySuccess = 0, toyError = 1 } toyResult_t;

#define TOY_ID_BYTES (CHAR_BIT * 16)

typedef struct {
  uint8_t internal[TOY_ID_BYTES];
} toyUniqueId;

toyResult_t toyGetUniqueId(toyUniqueId *id);

#ifdef __cplusplus
}
#endif

#endif
