#include "descriptor.h"

#include <stdio.h>
#include <string.h>

#include "types.h"

const char *hci_kind_name(int kind) {
  switch (kind) {
    case HCI_ALL_REDUCE: return "all_reduce";
    case HCI_REDUCE: return "reduce";
    case HCI_BROADCAST: return "broadcast";
    case HCI_ALL_GATHER: return "all_gather";
    case HCI_REDUCE_SCATTER: return "reduce_scatter";
    case HCI_ALL_TO_ALL: return "all_to_all";
    case HCI_GATHER: return "gather";
    case HCI_SCATTER: return "scatter";
    case HCI_ALL_TO_ALL_V: return "all_to_all_v";
    case HCI_ALL_GATHER_V: return "all_gather_v";
    case HCI_REDUCE_SCATTER_V: return "reduce_scatter_v";
    case HCI_SEND: return "send";
    case HCI_RECEIVE: return "receive";
  }
  return "unknown operation";
}

static bool hasReduction(int kind) {
  return kind == HCI_ALL_REDUCE || kind == HCI_REDUCE || kind == HCI_REDUCE_SCATTER ||
         kind == HCI_REDUCE_SCATTER_V;
}

static bool hasCounts(int kind) {
  return kind == HCI_ALL_TO_ALL_V || kind == HCI_ALL_GATHER_V || kind == HCI_REDUCE_SCATTER_V;
}

Descriptor hci_describe(const Task *task, uint64_t number) {
  // What does not apply is the same everywhere.
  Descriptor descriptor;
  memset(&descriptor, 0, sizeof descriptor);
  descriptor.number = number;
  descriptor.kind = (int32_t)task->kind;
  descriptor.type = (int32_t)task->type;
  descriptor.count = hasCounts(task->kind) ? 0 : task->count;
  descriptor.op = -1;
  if (hasReduction(task->kind)) {
    bool isCreated = task->scalar.place != HCI_NO_SCALAR;
    descriptor.op = isCreated ? HC_FIRST_CREATED_OP : task->reduction.op;
  }
  descriptor.root = task->root;
  return descriptor;
}

static void append(char *text, int rank, const Descriptor *descriptor) {
  hci_append(text, "; rank %d: %s", rank, hci_kind_name(descriptor->kind));
  if (!hasCounts(descriptor->kind)) {
    hci_append(text, " of %llu", (unsigned long long)descriptor->count);
  }
  hci_append(text, " %s", hc_type_name((hc_type)descriptor->type));
  if (descriptor->op >= 0) hci_append(text, ", %s", hci_op_name(descriptor->op));
  if (descriptor->root >= 0) hci_append(text, ", root %d", descriptor->root);
}

hc_status hci_compare_descriptors(const Segment *segment, uint32_t which) {
  const Descriptor *first = &segment->slots[0].descriptors[which];
  int differing = 0;
  char text[HCI_TEXT_SIZE];
  for (int rank = 1; rank < segment->rankCount; rank++) {
    const Descriptor *other = &segment->slots[rank].descriptors[which];
    if (memcmp(first, other, sizeof *first) == 0) continue;
    if (differing == 0) {
      snprintf(
          text, sizeof text, "collective #%llu: the ranks do not call the same",
          (unsigned long long)first->number);
      append(text, 0, first);
    }
    if (differing < 3) append(text, rank, other);
    differing++;
  }
  if (differing == 0) return HC_SUCCESS;
  if (differing > 3) hci_append(text, "; and %d more differ from rank 0", differing - 3);
  return hci_fail_again(HC_INVALID_USAGE, text);
}
