#include "call.h"

#include <limits.h>
#include <stdarg.h>
#include <stdio.h>
#include <string.h>

static _Thread_local char text[1024];

// --- Errors ---

hc_status hx_refuse(const char *format, ...) {
  char reason[512];
  va_list arguments;
  va_start(arguments, format);
  vsnprintf(reason, sizeof reason, format, arguments);
  va_end(arguments);
  return hc_refuse(HC_INVALID_ARGUMENT, reason);
}

void hx_keep_text(const hx_vendor *vendor, const hx_arguments *arguments) {
  snprintf(
      text, sizeof text, "%s: %s (%s)", arguments->function, hc_last_error(),
      vendor->description);
}

const char *hx_text(void) { return text; }

int64_t hx_run(const hx_vendor *vendor, const hx_arguments *arguments, hx_body *body) {
  hc_status status = arguments->reserved == 0
      ? body(vendor, arguments)
      : hx_refuse("the reserved argument is not null");
  if (status != HC_SUCCESS && status != HC_IN_PROGRESS) hx_keep_text(vendor, arguments);
  return hx_status_code(vendor, status);
}

// --- Numbers ---

/// What vendors call the engine's statuses; where one has no such, the next.
static const char *const statusNames[][3] = {
    [HC_IN_PROGRESS] = {"inProgress"},
    [HC_INVALID_ARGUMENT] = {"invalidArgument"},
    [HC_INVALID_USAGE] = {"invalidUsage", "invalidArgument"},
    [HC_SYSTEM_ERROR] = {"systemError"},
    [HC_REMOTE_ERROR] = {"remoteError", "systemError"},
    [HC_TIMEOUT] = {"timeout", "systemError"},
    [HC_INTERNAL] = {"internalError"},
};

static const hx_code *named(const hx_code *codes, const char *name) {
  for (const hx_code *code = codes; code->symbol != NULL; code++) {
    if (strcmp(code->name, name) == 0) return code;
  }
  return NULL;
}

int64_t hx_status_code(const hx_vendor *vendor, hc_status status) {
  if (status == HC_SUCCESS) return vendor->success;
  const char *const *names = statusNames[(unsigned)status <= HC_INTERNAL ? status : HC_INTERNAL];
  for (int choice = 0; choice < 3 && names[choice] != NULL; choice++) {
    const hx_code *code = named(vendor->status, names[choice]);
    if (code != NULL) return code->value;
  }
  // A vendor who names them otherwise: any failure is better than success.
  for (const hx_code *code = vendor->status; code->symbol != NULL; code++) {
    if (code->value != vendor->success) return code->value;
  }
  return -1;
}

const hx_code *hx_find(const hx_code *codes, int64_t value) {
  if (codes == NULL) return NULL;
  for (const hx_code *code = codes; code->symbol != NULL; code++) {
    if (code->value == value) return code;
  }
  return NULL;
}

hc_status hx_type(const hx_vendor *vendor, const hx_arguments *arguments, hc_type *type) {
  const hx_code *code = hx_find(vendor->dataType, arguments->dataType);
  if (code == NULL) {
    return hx_refuse("there is no data type %lld", (long long)arguments->dataType);
  }
  for (int candidate = 0; candidate < HC_TYPE_COUNT; candidate++) {
    if (strcmp(code->name, hc_type_name((hc_type)candidate)) != 0) continue;
    *type = (hc_type)candidate;
    return HC_SUCCESS;
  }
  return hx_refuse("the CPU engine has no %s", code->symbol);
}

/// The reductions that are made take the numbers after the vendor's own.
static int64_t firstCreatedOp(const hx_vendor *vendor) {
  int64_t first = 0;
  for (const hx_code *code = vendor->reductionOp; code != NULL && code->symbol != NULL; code++) {
    if (code->value >= first) first = code->value + 1;
  }
  return first;
}

int64_t hx_created_op_code(const hx_vendor *vendor, hc_op op) {
  return firstCreatedOp(vendor) + op - HC_FIRST_CREATED_OP;
}

hc_status hx_op(const hx_vendor *vendor, const hx_arguments *arguments, hc_op *op) {
  static const char *const names[] = {
      [HC_SUM] = "sum", [HC_PROD] = "prod", [HC_MAX] = "max", [HC_MIN] = "min", [HC_AVG] = "avg"};
  const hx_code *code = hx_find(vendor->reductionOp, arguments->op);
  if (code == NULL) {
    int64_t created = arguments->op - firstCreatedOp(vendor);
    if (created < 0 || created > INT_MAX - HC_FIRST_CREATED_OP) {
      return hx_refuse("there is no reduction op %lld", (long long)arguments->op);
    }
    *op = (hc_op)(HC_FIRST_CREATED_OP + created);
    return HC_SUCCESS;
  }
  for (hc_op candidate = HC_SUM; candidate <= HC_AVG; candidate++) {
    if (strcmp(code->name, names[candidate]) != 0) continue;
    *op = candidate;
    return HC_SUCCESS;
  }
  return hx_refuse("the CPU engine has no %s", code->symbol);
}

hc_status hx_count(int64_t value, const char *name, size_t *count) {
  if (value < 0) return hx_refuse("%s is %lld", name, (long long)value);
  *count = (size_t)value;
  return HC_SUCCESS;
}

hc_status hx_int(int64_t value, const char *name, int *integer) {
  if (value < INT_MIN || value > INT_MAX) return hx_refuse("%s is %lld", name, (long long)value);
  *integer = (int)value;
  return HC_SUCCESS;
}

hc_status hx_store(const hx_arguments *arguments, int64_t value) {
  hx_result result = arguments->result;
  if (result.address == NULL) return hx_refuse("there is no place for the result");
  switch (result.size) {
    case 4: *(int32_t *)result.address = (int32_t)value; return HC_SUCCESS;
    case 8: *(int64_t *)result.address = value; return HC_SUCCESS;
    default: return hx_refuse("a result of %zu bytes is not an integer", result.size);
  }
}
