#include "split.h"

#include "registry.h"
#include "unique_id.h"
#include "wait.h"

static bool hasNotSplit(const void *context, int rank) {
  const Birth *birth = context;
  Word *splits = &birth->parent->segment.slots[rank].splits;
  return !hci_is_at_least(hci_load(splits), (uint32_t)birth->split);
}

static bool comesBefore(const SplitEntry *a, int rankA, const SplitEntry *b, int rankB) {
  return a->key != b->key ? a->key < b->key : rankA < rankB;
}

// An entry is written again two splits later. By then all have published the split in between,
// which they do after they have read this one's entries.
hc_status hci_split(Birth *birth) {
  Segment *segment = &birth->parent->segment;
  uint32_t number = (uint32_t)birth->split;
  uint32_t which = number & 1;
  Slot *own = &segment->slots[segment->rank];
  own->splitEntries[which] = (SplitEntry){birth->color, birth->key};
  hci_store(&own->splits, number);
  for (int rank = 0; rank < segment->rankCount; rank++) {
    Wait wait = hci_wait(segment, "comm_split", birth->split, (Awaited){hasNotSplit, birth});
    wait.ignoresFailure = true;
    hc_status status = hci_wait_until(&wait, &segment->slots[rank].splits, number);
    if (status != HC_SUCCESS) return status;
  }
  if (birth->comm == NULL) return HC_SUCCESS;

  int count = 0, before = 0;
  for (int rank = 0; rank < segment->rankCount; rank++) {
    const SplitEntry *entry = &segment->slots[rank].splitEntries[which];
    if (entry->color != birth->color) continue;
    count++;
    if (comesBefore(entry, rank, &own->splitEntries[which], segment->rank)) before++;
  }
  hc_unique_id id;
  hci_derive_id(&birth->parent->id, 's', birth->split, (uint64_t)birth->color, &id);
  hci_registry_identify(birth->comm, &id, before, count);
  return HC_SUCCESS;
}
