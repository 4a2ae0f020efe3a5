// A call on its way between the vendor's numbers and the engine's.

#ifndef HX_CALL_H
#define HX_CALL_H

#include "host_exports.h"

#pragma GCC visibility push(hidden)

/// Begins the definition of an operation, whose body returns the engine's status.
#define HX_OPERATION(name)                                                               \
  static hc_status run_##name(const hx_vendor *vendor, const hx_arguments *arguments);   \
  HX_DECLARE(name) { return hx_run(vendor, arguments, run_##name); }                     \
  static hc_status run_##name(const hx_vendor *vendor, const hx_arguments *arguments)

#define HX_TRY(expression)                               \
  do {                                                   \
    hc_status _status = (expression);                    \
    if (_status != HC_SUCCESS) return _status;           \
  } while (0)

typedef hc_status hx_body(const hx_vendor *vendor, const hx_arguments *arguments);

/// Runs an operation, turns the engine's status into the vendor's, and keeps the text of a failure.
int64_t hx_run(const hx_vendor *vendor, const hx_arguments *arguments, hx_body *body);

/// Fails, and the thread's group with it, as an invalid argument that the engine does not know of.
__attribute__((format(printf, 1, 2))) hc_status hx_refuse(const char *format, ...);

/// Keeps the engine's text as the thread's last error of the vendor's library.
void hx_keep_text(const hx_vendor *vendor, const hx_arguments *arguments);

/// The thread's last error; empty if there was none.
const char *hx_text(void);

/// The vendor's number for a status.
int64_t hx_status_code(const hx_vendor *vendor, hc_status status);

/// The entry of a number; NULL: the list has none, or there is no list.
const hx_code *hx_find(const hx_code *codes, int64_t value);

/// The vendor's numbers as the engine's.
hc_status hx_type(const hx_vendor *vendor, const hx_arguments *arguments, hc_type *type);
hc_status hx_op(const hx_vendor *vendor, const hx_arguments *arguments, hc_op *op);

/// The vendor's number for a reduction that the engine has made.
int64_t hx_created_op_code(const hx_vendor *vendor, hc_op op);

/// A count, of elements or bytes.
hc_status hx_count(int64_t value, const char *name, size_t *count);
/// A rank, a number of ranks, a color.
hc_status hx_int(int64_t value, const char *name, int *integer);

/// Writes an integer to where the function is to write, in the width that it has there.
hc_status hx_store(const hx_arguments *arguments, int64_t value);

#pragma GCC visibility pop

#endif
