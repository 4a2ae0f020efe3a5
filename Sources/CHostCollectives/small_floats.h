// Conversion of the 16- and 8-bit floats, branch-free where it matters, so that loops vectorise.
// The arithmetic in it is exact, and none of its operands is subnormal in float32: a program that
// flushes subnormals to zero gets the same results. It relies on rounding to nearest.

#ifndef HCI_SMALL_FLOATS_H
#define HCI_SMALL_FLOATS_H

#include <stdbool.h>
#include <stdint.h>
#include <string.h>

static inline float hci_float_of(uint32_t bits) {
  float value;
  memcpy(&value, &bits, sizeof value);
  return value;
}

static inline uint32_t hci_bits_of(float value) {
  uint32_t bits;
  memcpy(&bits, &value, sizeof bits);
  return bits;
}

/// An IEEE format of 1 + `exponent` + `fraction` bits, fewer exponent bits than float32's, to
/// float32. `finite`: the highest exponent is one of numbers, and only its last value is NaN.
static inline __attribute__((always_inline)) float hci_widen_bits(
    uint32_t bits, int exponent, int fraction, bool finite) {
  uint32_t magnitude = bits & ((1u << (exponent + fraction)) - 1);
  uint32_t sign = (bits >> (exponent + fraction)) << 31;
  int shift = 23 - fraction;
  uint32_t rebias = (uint32_t)(127 - ((1 << (exponent - 1)) - 1)) << 23;
  uint32_t normal = (magnitude << shift) + rebias;
  // A subnormal is its fraction times the smallest step, 2^(1 - bias - fraction).
  float step = hci_float_of((uint32_t)(127 + 1 - ((1 << (exponent - 1)) - 1) - fraction) << 23);
  uint32_t subnormal = hci_bits_of((float)(int32_t)magnitude * step);
  uint32_t result = magnitude < (1u << fraction) ? subnormal : normal;
  uint32_t infinity = ((1u << exponent) - 1) << fraction;
  uint32_t last = (1u << (exponent + fraction)) - 1;
  uint32_t special = 0x7f800000u | (magnitude << shift);
  if (finite) {
    result = magnitude == last ? 0x7fc00000u : result;
  } else {
    result = magnitude >= infinity ? special : result;
  }
  return hci_float_of(result | sign);
}

/// The inverse, to nearest, ties to even. `finite`: what is too large becomes the largest number;
/// else infinity.
static inline __attribute__((always_inline)) uint32_t hci_narrow_bits(
    float value, int exponent, int fraction, bool finite) {
  uint32_t bits = hci_bits_of(value);
  uint32_t magnitude = bits & 0x7fffffffu;
  uint32_t sign = (bits >> 31) << (exponent + fraction);
  int shift = 23 - fraction;
  int bias = (1 << (exponent - 1)) - 1;
  uint32_t last = (1u << (exponent + fraction)) - 1;
  uint32_t infinity = ((1u << exponent) - 1) << fraction;
  uint32_t largest = finite ? last - 1 : infinity;

  uint32_t odd = (magnitude >> shift) & 1;
  uint32_t half = (1u << (shift - 1)) - 1;
  uint32_t normal = ((magnitude + odd + half) >> shift) - ((uint32_t)(127 - bias) << fraction);
  // Adding the number whose last place is the smallest step makes the hardware round to it.
  uint32_t anchor = (uint32_t)(127 + 1 - bias - fraction + 23) << 23;
  uint32_t subnormal = hci_bits_of(hci_float_of(magnitude) + hci_float_of(anchor)) - anchor;
  uint32_t isNormal = magnitude >= ((uint32_t)(127 + 1 - bias) << 23);
  uint32_t result = isNormal ? normal : subnormal;
  result = result > largest ? largest : result;
  uint32_t nan = finite ? last : infinity | (1u << (fraction - 1));
  result = magnitude > 0x7f800000u ? nan : result;
  return result | sign;
}

static inline float hci_from_float16(uint16_t bits) { return hci_widen_bits(bits, 5, 10, false); }
static inline float hci_from_e4m3(uint8_t bits) { return hci_widen_bits(bits, 4, 3, true); }
static inline float hci_from_e5m2(uint8_t bits) { return hci_widen_bits(bits, 5, 2, false); }
static inline float hci_from_bfloat16(uint16_t bits) { return hci_float_of((uint32_t)bits << 16); }

static inline uint16_t hci_to_float16(float value) {
  return (uint16_t)hci_narrow_bits(value, 5, 10, false);
}
static inline uint8_t hci_to_e4m3(float value) {
  return (uint8_t)hci_narrow_bits(value, 4, 3, true);
}
static inline uint8_t hci_to_e5m2(float value) {
  return (uint8_t)hci_narrow_bits(value, 5, 2, false);
}
static inline uint16_t hci_to_bfloat16(float value) {
  uint32_t bits = hci_bits_of(value);
  uint32_t rounded = (bits + 0x7fff + ((bits >> 16) & 1)) >> 16;
  uint32_t nan = (bits >> 16) | 0x40;
  return (uint16_t)((bits & 0x7fffffffu) > 0x7f800000u ? nan : rounded);
}

#endif
