#include "failure.h"

#include <string.h>

hc_status hci_failure(const Segment *segment, char text[HCI_TEXT_SIZE]) {
  if (segment->header == NULL) return HC_SUCCESS;
  Failure *failure = &segment->header->failure;
  if (atomic_load_explicit(&failure->state, memory_order_acquire) != 2) return HC_SUCCESS;
  if (text != NULL) {
    memcpy(text, failure->text, HCI_TEXT_SIZE);
    text[HCI_TEXT_SIZE - 1] = 0;
  }
  int32_t status = failure->status;
  return status > HC_IN_PROGRESS && status <= HC_INTERNAL ? (hc_status)status : HC_INTERNAL;
}

void hci_post_failure(Segment *segment, hc_status status, const char *text) {
  if (segment->header == NULL) return;
  Failure *failure = &segment->header->failure;
  uint32_t none = 0;
  if (!atomic_compare_exchange_strong(&failure->state, &none, 1)) return;
  failure->status = (int32_t)status;
  failure->rank = segment->rank;
  strncpy(failure->text, text, HCI_TEXT_SIZE - 1);
  atomic_store_explicit(&failure->state, 2, memory_order_release);
}
