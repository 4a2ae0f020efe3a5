#include <math.h>
#include <string.h>

#include "host_cases.h"

static void checkNarrow(hc_type type, float value, hcase_report *report) {
  unsigned char bytes[2] = {0};
  uint16_t got = 0, expected = (uint16_t)hcase_encode(type, value);
  report->cases++;
  hc_narrow(type, &value, bytes, 1);
  memcpy(&got, bytes, hc_type_size(type));
  if (!hcase_equal(type, &got, &expected)) {
    hcase_fail(report, "%s of %a is %#x, not %#x", hc_type_name(type), value, got, expected);
  }
}

static void checkType(hc_type type, hcase_report *report) {
  unsigned values = hc_type_size(type) == 1 ? 256 : 65536;
  for (unsigned bits = 0; bits < values; bits++) {
    uint16_t code = (uint16_t)bits, back = 0;
    float got, expected = (float)hcase_decode(type, bits);
    hc_widen(type, &code, &got, 1);
    hc_narrow(type, &got, &back, 1);
    report->cases++;
    if (memcmp(&got, &expected, 4) != 0 && !(isnan(got) && isnan(expected))) {
      hcase_fail(report, "%s %#x is %a, not %a", hc_type_name(type), bits, got, expected);
    }
    if (!hcase_equal(type, &code, &back)) {
      hcase_fail(report, "%s %#x comes back as %#x", hc_type_name(type), bits, back);
    }
    if (isnan(got) || isinf(got)) continue;
    // Half of the way to the next number, and the float32s beside it.
    float next = (float)hcase_decode(type, (bits + 1) & (values - 1));
    float middle = isfinite(next) ? (float)(((double)got + next) / 2) : got * 1.0625f;
    checkNarrow(type, middle, report);
    checkNarrow(type, nextafterf(middle, INFINITY), report);
    checkNarrow(type, nextafterf(middle, -INFINITY), report);
    checkNarrow(type, nextafterf(got, INFINITY), report);
    checkNarrow(type, nextafterf(got, -INFINITY), report);
  }
  static const float special[] = {
      0,        -0.0f,   448,      464,     463.99997f, 465,      480,    57344,  61440,
      61439.9f, 65504,   65519.996f, 65520, 1e30f,      -1e30f,   3e38f,  1e-45f, -1e-45f,
      1e-30f,   INFINITY, -INFINITY, NAN,   -NAN,       3.4e38f,  0x1p-24f, 0x1p-25f, 0x1.8p-25f,
  };
  for (size_t i = 0; i < sizeof special / sizeof *special; i++) {
    checkNarrow(type, special[i], report);
  }
}

void hcase_conversions(hcase_report *report) {
  checkType(HC_FLOAT16, report);
  checkType(HC_BFLOAT16, report);
  checkType(HC_FLOAT8E4M3, report);
  checkType(HC_FLOAT8E5M2, report);
}
