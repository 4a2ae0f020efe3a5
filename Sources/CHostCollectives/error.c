#define _GNU_SOURCE
#include "error.h"

#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static _Thread_local char last[HCI_TEXT_SIZE];

const char *hc_last_error(void) { return last; }

const char *hc_status_text(hc_status status) {
  switch (status) {
    case HC_SUCCESS: return "success";
    case HC_IN_PROGRESS: return "in progress";
    case HC_INVALID_ARGUMENT: return "invalid argument";
    case HC_INVALID_USAGE: return "invalid usage";
    case HC_SYSTEM_ERROR: return "system error";
    case HC_REMOTE_ERROR: return "remote error: another rank died, left or aborted";
    case HC_TIMEOUT: return "timeout: a rank did not come";
    case HC_INTERNAL: return "internal error";
  }
  return "unknown status";
}

static void tell(void) {
  const char *debug = getenv("HOST_COLLECTIVES_DEBUG");
  if (debug != NULL && strcmp(debug, "1") == 0) fprintf(stderr, "host collectives: %s\n", last);
}

hc_status hci_fail(hc_status status, const char *format, ...) {
  va_list arguments;
  va_start(arguments, format);
  vsnprintf(last, sizeof last, format, arguments);
  va_end(arguments);
  tell();
  return status;
}

hc_status hci_fail_system(int error, const char *format, ...) {
  char text[HCI_TEXT_SIZE];
  va_list arguments;
  va_start(arguments, format);
  vsnprintf(text, sizeof text, format, arguments);
  va_end(arguments);
  char buffer[128];
  // GNU's strerror_r, which may or may not use the buffer.
  hci_append(text, ": %s", strerror_r(error, buffer, sizeof buffer));
  return hci_fail_again(HC_SYSTEM_ERROR, text);
}

hc_status hci_fail_again(hc_status status, const char *text) {
  if (text != last) {
    strncpy(last, text, sizeof last - 1);
    last[sizeof last - 1] = 0;
  }
  tell();
  return status;
}

void hci_append(char *text, const char *format, ...) {
  size_t length = strlen(text);
  va_list arguments;
  va_start(arguments, format);
  vsnprintf(text + length, HCI_TEXT_SIZE - length, format, arguments);
  va_end(arguments);
}
