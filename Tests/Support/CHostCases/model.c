// By plain arithmetic on doubles, wide integers and volatile floats, where the engine works on
// bits.

#include <math.h>
#include <string.h>

#include "host_cases.h"

typedef struct Format {
  int exponent, fraction;
  bool isFinite;
} Format;

static Format formatOf(hc_type type) {
  switch (type) {
    case HC_FLOAT16: return (Format){5, 10, false};
    case HC_BFLOAT16: return (Format){8, 7, false};
    case HC_FLOAT8E5M2: return (Format){5, 2, false};
    default: return (Format){4, 3, true};
  }
}

static double largest(Format format) {
  int bias = (1 << (format.exponent - 1)) - 1;
  if (format.isFinite) return 448;
  return ldexp(2 - ldexp(1, -format.fraction), bias);
}

double hcase_decode(hc_type type, unsigned bits) {
  Format format = formatOf(type);
  int bias = (1 << (format.exponent - 1)) - 1;
  int fraction = (int)(bits & ((1u << format.fraction) - 1));
  int exponent = (int)((bits >> format.fraction) & ((1u << format.exponent) - 1));
  double sign = (bits >> (format.exponent + format.fraction)) & 1 ? -1 : 1;
  if (exponent == (1 << format.exponent) - 1) {
    if (!format.isFinite) return fraction != 0 ? NAN : sign * INFINITY;
    if (fraction == (1 << format.fraction) - 1) return NAN;
  }
  if (exponent == 0) return sign * ldexp(fraction, 1 - bias - format.fraction);
  return sign * ldexp((1 << format.fraction) + fraction, exponent - bias - format.fraction);
}

unsigned hcase_encode(hc_type type, float value) {
  Format format = formatOf(type);
  int bias = (1 << (format.exponent - 1)) - 1;
  unsigned sign = signbit(value) ? 1u << (format.exponent + format.fraction) : 0;
  unsigned infinity = ((1u << format.exponent) - 1) << format.fraction;
  if (isnan(value)) return sign | infinity | ((1u << format.fraction) - 1);
  double magnitude = fabs((double)value);
  int exponent;
  frexp(magnitude, &exponent);
  exponent -= 1;
  if (exponent < 1 - bias) exponent = 1 - bias;
  double step = ldexp(1, exponent - format.fraction);
  double rounded = isinf(value) ? INFINITY : rint(magnitude / step) * step;
  if (rounded > largest(format)) {
    return sign | (format.isFinite ? infinity + (1u << format.fraction) - 2 : infinity);
  }
  if (rounded == 0) return sign;
  frexp(rounded, &exponent);
  exponent -= 1;
  if (exponent < 1 - bias) exponent = 1 - bias;
  unsigned digits = (unsigned)(rounded / ldexp(1, exponent - format.fraction));
  if (digits < 1u << format.fraction) return sign | digits;
  unsigned fraction = digits - (1u << format.fraction);
  return sign | ((unsigned)(exponent + bias) << format.fraction) | fraction;
}

static uint64_t mix(uint64_t value) {
  value += 0x9e3779b97f4a7c15u;
  value = (value ^ (value >> 30)) * 0xbf58476d1ce4e5b9u;
  value = (value ^ (value >> 27)) * 0x94d049bb133111ebu;
  return value ^ (value >> 31);
}

void hcase_input(uint64_t seed, int rank, size_t index, hc_type type, void *element) {
  uint64_t bits = mix(seed * 1000003 + (uint64_t)rank * 0x10000000u + index);
  size_t size = hc_type_size(type);
  bool isReal = type == HC_FLOAT32 || type == HC_FLOAT64;
  if (size != 1 && !(type <= HC_UINT64) && bits >> 60 != 0) {
    // Magnitudes in which sums of several round, and do not overflow.
    double value = (double)((int64_t)(bits & 0xfffff) - 0x80000) / 4096;
    float narrow = (float)value;
    unsigned code;
    if (type == HC_FLOAT64) memcpy(element, &value, 8);
    if (type == HC_FLOAT32) memcpy(element, &narrow, 4);
    if (isReal) return;
    code = hcase_encode(type, narrow);
    memcpy(element, &code, 2);
    return;
  }
  // Any bits: infinities, NaNs, subnormals.
  memcpy(element, &bits, size);
}

void hcase_scalar(int rank, hc_type type, void *scalar) {
  // Values of all the small floats.
  static const double values[] = {-2.5, 1.75, 0.375, -7, 1.25, -0.5, 3, -1.5};
  double value = values[rank % 8];
  // Not representable, lest products be exact.
  double real = value / 3;
  float narrow = (float)real;
  int64_t whole = rank % 2 == 0 ? 3 + rank : -2 - rank;
  unsigned code;
  size_t size = hc_type_size(type);
  switch (type) {
    case HC_FLOAT64: memcpy(scalar, &real, size); break;
    case HC_FLOAT32: memcpy(scalar, &narrow, size); break;
    case HC_FLOAT16:
    case HC_BFLOAT16:
    case HC_FLOAT8E4M3:
    case HC_FLOAT8E5M2:
      code = hcase_encode(type, (float)value);
      memcpy(scalar, &code, size);
      break;
    default: memcpy(scalar, &whole, size);
  }
}

static float floatOf(hc_type type, const void *bytes) {
  float value;
  if (type == HC_FLOAT32) {
    memcpy(&value, bytes, 4);
    return value;
  }
  uint16_t bits = 0;
  memcpy(&bits, bytes, hc_type_size(type));
  return (float)hcase_decode(type, bits);
}

static void storeFloat(hc_type type, float value, void *element) {
  if (type == HC_FLOAT32) {
    memcpy(element, &value, 4);
  } else {
    unsigned bits = hcase_encode(type, value);
    memcpy(element, &bits, hc_type_size(type));
  }
}

/// `*element` times `*scalar`, rounded to the type.
static void multiply(hc_type type, const void *scalar, void *element) {
  if (type <= HC_UINT64) {
    uint64_t value = 0, factor = 0;
    memcpy(&value, element, hc_type_size(type));
    memcpy(&factor, scalar, hc_type_size(type));
    value *= factor;
    memcpy(element, &value, hc_type_size(type));
  } else if (type == HC_FLOAT64) {
    double value, factor;
    memcpy(&value, element, 8);
    memcpy(&factor, scalar, 8);
    value *= factor;
    memcpy(element, &value, 8);
  } else {
    storeFloat(type, floatOf(type, element) * floatOf(type, scalar), element);
  }
}

/// What a rank brings to a reduction.
static void makeTerm(
    uint64_t seed, int rank, size_t index, hc_type type, hc_op op, void *element) {
  hcase_input(seed, rank, index, type, element);
  if (op < HC_FIRST_CREATED_OP) return;
  unsigned char scalar[8];
  hcase_scalar(rank, type, scalar);
  multiply(type, scalar, element);
}

static void reduceInteger(
    uint64_t seed, int ranks, size_t index, hc_type type, hc_op op, void *element) {
  size_t size = hc_type_size(type);
  bool isSigned = type == HC_INT8 || type == HC_INT32 || type == HC_INT64;
  __int128 result = 0;
  for (int rank = 0; rank < ranks; rank++) {
    unsigned char bytes[8] = {0};
    makeTerm(seed, rank, index, type, op, bytes);
    uint64_t unsignedValue;
    memcpy(&unsignedValue, bytes, 8);
    __int128 value = unsignedValue;
    if (isSigned && (bytes[size - 1] & 0x80)) value -= (__int128)1 << (8 * size);
    // Products are cut at 64 bits, lest they exceed 128.
    switch (op) {
      case HC_PROD:
        result = rank == 0 ? value : (__int128)((uint64_t)result * (uint64_t)value);
        break;
      case HC_MAX: result = rank == 0 || value > result ? value : result; break;
      case HC_MIN: result = rank == 0 || value < result ? value : result; break;
      default: result += value;
    }
  }
  if (op == HC_AVG) result /= ranks;
  uint64_t low = (uint64_t)result;
  memcpy(element, &low, size);
}

static void reduceDouble(uint64_t seed, int ranks, size_t index, hc_op op, void *element) {
  volatile double result = 0;
  for (int rank = 0; rank < ranks; rank++) {
    double value;
    makeTerm(seed, rank, index, HC_FLOAT64, op, &value);
    if (rank == 0) {
      result = value;
    } else if (op == HC_PROD) {
      result = result * value;
    } else if (op == HC_MAX) {
      result = isnan(result) || value > result ? value : result;
    } else if (op == HC_MIN) {
      result = isnan(result) || value < result ? value : result;
    } else {
      result = result + value;
    }
  }
  if (op == HC_AVG) result = result / ranks;
  memcpy(element, (const void *)&result, 8);
}

void hcase_reduce(
    uint64_t seed, int ranks, size_t index, hc_type type, hc_op op, void *element) {
  if (type <= HC_UINT64) {
    reduceInteger(seed, ranks, index, type, op, element);
    return;
  }
  if (type == HC_FLOAT64) {
    reduceDouble(seed, ranks, index, op, element);
    return;
  }
  volatile float result = 0;
  for (int rank = 0; rank < ranks; rank++) {
    unsigned char bytes[8];
    makeTerm(seed, rank, index, type, op, bytes);
    float value = floatOf(type, bytes);
    if (rank == 0) {
      result = value;
    } else if (op == HC_PROD) {
      result = result * value;
    } else if (op == HC_MAX) {
      result = isnan(result) || value > result ? value : result;
    } else if (op == HC_MIN) {
      result = isnan(result) || value < result ? value : result;
    } else {
      result = result + value;
    }
  }
  if (op == HC_AVG) result = result / (float)ranks;
  storeFloat(type, result, element);
}

static bool isNaN(hc_type type, const void *bytes) {
  if (type <= HC_UINT64) return false;
  if (type != HC_FLOAT64) return isnan(floatOf(type, bytes));
  double value;
  memcpy(&value, bytes, 8);
  return isnan(value);
}

bool hcase_equal(hc_type type, const void *a, const void *b) {
  return memcmp(a, b, hc_type_size(type)) == 0 || (isNaN(type, a) && isNaN(type, b));
}
