#include "round.h"

#include "descriptor.h"
#include "wait.h"

Rounds hci_rounds(hc_comm *comm, const Task *task) {
  return (Rounds){comm, task, ++comm->collectives, comm->round, true};
}

static bool isBehind(const void *context, int rank) {
  const Rounds *rounds = context;
  Word *filled = &rounds->comm->segment.slots[rank].filled;
  return !hci_is_at_least(hci_load(filled), rounds->round);
}

static hc_status awaitRank(Rounds *rounds, int rank, uint32_t round) {
  Segment *segment = &rounds->comm->segment;
  Word *filled = &segment->slots[rank].filled;
  if (hci_is_at_least(hci_load(filled), round)) return HC_SUCCESS;
  Wait wait = hci_wait(
      segment, hci_kind_name(rounds->task->kind), rounds->collective,
      (Awaited){isBehind, rounds});
  return hci_wait_until(&wait, filled, round);
}

static hc_status awaitAll(Rounds *rounds, uint32_t round) {
  for (int rank = 0; rank < rounds->comm->rankCount; rank++) {
    HCI_TRY(awaitRank(rounds, rank, round));
  }
  return HC_SUCCESS;
}

hc_status hci_round_begin(Rounds *rounds, unsigned char **chunk) {
  hc_comm *comm = rounds->comm;
  rounds->round = ++comm->round;
  if (chunk != NULL || rounds->isFirst) HCI_TRY(awaitAll(rounds, rounds->round - 1));
  if (chunk != NULL) *chunk = hci_chunk(&comm->segment, comm->rank, rounds->round);
  if (rounds->isFirst) {
    Slot *slot = &comm->segment.slots[comm->rank];
    slot->descriptors[rounds->round & 1] = hci_describe(rounds->task, rounds->collective);
  }
  return HC_SUCCESS;
}

hc_status hci_round_publish(Rounds *rounds) {
  hc_comm *comm = rounds->comm;
  hci_store(&comm->segment.slots[comm->rank].filled, rounds->round);
  if (!rounds->isFirst) return HC_SUCCESS;
  rounds->isFirst = false;
  HCI_TRY(awaitAll(rounds, rounds->round));
  return hci_compare_descriptors(&comm->segment, rounds->round & 1);
}

hc_status hci_round_read(Rounds *rounds, int rank, const unsigned char **chunk) {
  HCI_TRY(awaitRank(rounds, rank, rounds->round));
  *chunk = hci_chunk(&rounds->comm->segment, rank, rounds->round);
  return HC_SUCCESS;
}
