#include "types.h"

static const struct {
  const char *name;
  size_t size;
} types[HC_TYPE_COUNT] = {
    [HC_INT8] = {"int8", 1},
    [HC_UINT8] = {"uint8", 1},
    [HC_INT32] = {"int32", 4},
    [HC_UINT32] = {"uint32", 4},
    [HC_INT64] = {"int64", 8},
    [HC_UINT64] = {"uint64", 8},
    [HC_FLOAT16] = {"float16", 2},
    [HC_FLOAT32] = {"float32", 4},
    [HC_FLOAT64] = {"float64", 8},
    [HC_BFLOAT16] = {"bfloat16", 2},
    [HC_FLOAT8E4M3] = {"float8e4m3", 1},
    [HC_FLOAT8E5M2] = {"float8e5m2", 1},
};

bool hci_is_type(hc_type type) { return (unsigned)type < HC_TYPE_COUNT; }

size_t hc_type_size(hc_type type) { return hci_is_type(type) ? types[type].size : 0; }

const char *hc_type_name(hc_type type) {
  return hci_is_type(type) ? types[type].name : "unknown type";
}

const char *hci_op_name(hc_op op) {
  static const char *const names[] = {"sum", "prod", "max", "min", "avg"};
  if (op >= 0 && op <= HC_AVG) return names[op];
  return op >= HC_FIRST_CREATED_OP ? "premul_sum" : "unknown reduction";
}
