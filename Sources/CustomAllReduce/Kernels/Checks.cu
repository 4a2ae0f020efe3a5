// What is found out before and beside the all-reduces. One block each, a thread for a rank.

/// Whether a token that this rank leaves with a peer arrives and is read back, and the peer's here.
DEVICE bool canReach(const Arguments &a, unsigned peer) {
  const unsigned sent = a.description + a.rank * maxRanks + peer;
  const unsigned wanted = a.description + peer * maxRanks + a.rank;
  unsigned *there = reinterpret_cast<unsigned *>(arenaOf(a, peer, 0)) + a.rank * 32;
  const unsigned *here = reinterpret_cast<unsigned *>(arenaOf(a, a.rank, 0)) + peer * 32;
  storeShared(there, sent);
  const unsigned long long start = nanoseconds();
  while (loadShared(here) != wanted || loadShared(there) != sent)
    if (nanoseconds() - start >= a.timeout) return false;
  return true;
}

/// Whether the memory of all peers can be written and read. The host has set control blocks and arenas
/// to zero on all ranks, and does so again after.
template <unsigned nRanks>
DEVICE void checkPeers(const Arguments &a) {
  unsigned *lost = &controlOf(a, a.rank)->details[0];
  const unsigned peer = threadIdx.x;
  if (peer < nRanks && peer != a.rank && !canReach(a, peer)) add(lost, 1u << peer);
  synchronizeBlock();
  if (threadIdx.x != 0 || loadShared(lost) == 0) return;
  a.report->origin = a.rank;
  a.report->details[0] = loadShared(lost);
  fence();
  storeShared(&a.report->code, unreachable);
}

/// Whether all ranks make the same call. A peer that is one comparison ahead writes to the other
/// parity, and it cannot be two ahead: for that it needs this rank's next description.
template <unsigned nRanks>
DEVICE void compareCalls(const Arguments &a) {
  waitForPreviousLaunch();
  Control *control = controlOf(a, a.rank);
  const unsigned number = loadShared(&control->comparisons) + 1;
  // That is for the ranks; a failure has the number of the launch that was to come.
  const unsigned turn = loadShared(&control->turn);
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
      if (patience.ends(a, nRanks, turn, 1u << peer)) return;
      continue;
    }
    if (theirs != mine)
      fail(a, nRanks, differentCalls, a.rank, turn, a.description,
           static_cast<unsigned>(theirs >> 32));
    return;
  }
}
