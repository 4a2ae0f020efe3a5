// What is found out before and beside the all-reduces. One block each, a thread for a rank.

/// Whether memory that this rank writes at its peers arrives, and theirs here. The host has set the
/// first arena to zero on all ranks, and arms it after. Each rank leaves a token of its own with
/// each peer, waits for theirs, and reads its own back.
template <unsigned nRanks>
DEVICE void checkPeers(const Arguments &a) {
  const unsigned peer = threadIdx.x;
  if (peer >= nRanks || peer == a.rank) return;
  const unsigned sent = a.description + a.rank * maxRanks + peer;
  const unsigned wanted = a.description + peer * maxRanks + a.rank;
  unsigned *there = reinterpret_cast<unsigned *>(arenaOf(a, peer, 0)) + a.rank * 32;
  const unsigned *here = reinterpret_cast<unsigned *>(arenaOf(a, a.rank, 0)) + peer * 32;
  storeShared(there, sent);
  const unsigned long long start = nanoseconds();
  while (loadShared(here) != wanted || loadShared(there) != sent) {
    if (nanoseconds() - start < a.timeout) continue;
    add(&a.report->details[0], 1u << peer);
    a.report->code = unreachable;
    return;
  }
}

/// Whether all ranks make the same call. A peer that is one comparison ahead writes to the other
/// parity, and it cannot be two ahead: for that it needs this rank's next description.
template <unsigned nRanks>
DEVICE void compareCalls(const Arguments &a) {
  waitForPreviousLaunch();
  Control *control = controlOf(a, a.rank);
  const unsigned number = loadShared(&control->comparisons) + 1;
  synchronizeBlock();
  if (threadIdx.x == 0) storeShared(&control->comparisons, number);
  const unsigned peer = threadIdx.x;
  if (peer >= nRanks || peer == a.rank) return;
  const unsigned long long mine = static_cast<unsigned long long>(a.description) << 32 | number;
  storeShared(&controlOf(a, peer)->descriptions[number & 1][a.rank], mine);
  const unsigned long long *slot = &control->descriptions[number & 1][peer];
  Patience patience;
  for (;;) {
    const unsigned long long theirs = loadShared(slot);
    if (static_cast<unsigned>(theirs) != number) {
      if (patience.ends(a, nRanks, number, 1u << peer)) return;
      continue;
    }
    if (theirs != mine)
      fail(a, nRanks, differentCalls, peer, number, a.description,
           static_cast<unsigned>(theirs >> 32));
    return;
  }
}
