// What the library says of itself.

#include <stdio.h>

#include "call.h"

HX_OPERATION(getVersion) { return hx_store(arguments, vendor->versionCode); }

const char *hx_getErrorText(const hx_vendor *vendor, const hx_arguments *arguments) {
  const hx_code *code = hx_find(vendor->status, arguments->status);
  return code != NULL ? code->text : "unknown result code (bindgen-coll HostCollectives)";
}

HX_OPERATION(writeErrorText) {
  const char **place = arguments->result.address;
  if (place == NULL) return hx_refuse("there is no place for the text");
  *place = hx_getErrorText(vendor, arguments);
  return HC_SUCCESS;
}

const char *hx_getLastError(const hx_vendor *vendor, const hx_arguments *arguments) {
  static _Thread_local char text[1024];
  char first[512];
  if (arguments->comm == NULL ||
      hc_comm_last_error(arguments->comm, first, sizeof first) != HC_SUCCESS || first[0] == 0) {
    return hx_text();
  }
  snprintf(text, sizeof text, "%s (%s)", first, vendor->description);
  return text;
}
