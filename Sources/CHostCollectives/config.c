#define _GNU_SOURCE
#include "config.h"

#include <stdlib.h>

#include "clock.h"
#include "error.h"

enum { DEFAULT_TIMEOUT = 60000, LARGEST_CHUNK = 64 * 1024 * 1024 };

hc_status hci_check_config(const hc_config *config, const char *work) {
  if (config == NULL) return HC_SUCCESS;
  if (config->timeout_ms < 0) {
    return hci_fail(HC_INVALID_ARGUMENT, "%s: a time limit of %d ms", work, config->timeout_ms);
  }
  if (config->chunk_bytes > LARGEST_CHUNK) {
    return hci_fail(
        HC_INVALID_ARGUMENT, "%s: chunks of %zu bytes; at most %d", work, config->chunk_bytes,
        LARGEST_CHUNK);
  }
  return HC_SUCCESS;
}

int64_t hci_timeout(const hc_config *config) {
  if (config->timeout_ms > 0) return (int64_t)config->timeout_ms * HCI_MILLISECOND;
  const char *text = getenv("HOST_COLLECTIVES_TIMEOUT_MS");
  if (text != NULL) {
    char *end;
    long value = strtol(text, &end, 10);
    if (end != text && *end == 0 && value > 0) return (int64_t)value * HCI_MILLISECOND;
  }
  return (int64_t)DEFAULT_TIMEOUT * HCI_MILLISECOND;
}
