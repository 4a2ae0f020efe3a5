// One-shot push: one hop over the links, and n - 1 times the data. The quickest for small sizes.
//
// 1. Write every pack of the input into the arena of every other rank, at the place that is this
//    rank's there.
// 2. For each pack wait until the others' have come into this rank's own arena, reduce them and this
//    rank's own in the order of the ranks, and write the result.
// 3. Arm again what was read.
//
// Arena: one copy of the input for each rank, in the order of the ranks.
// In place: a thread reads a pack of the input for the last time just before it writes that pack of
// the output.

template <typename Element, unsigned nRanks>
DEVICE void oneShotPush(const Arguments &a) {
  const unsigned turn = beginTurn(a);
  const Stride stride = strideOfThread();
  const size_t distance = a.packs;
  for (unsigned i = stride.first; i < a.packs; i += stride.step) {
    const Pack own = sendable(load(a.input + i));
#pragma unroll
    for (unsigned d = 1; d < nRanks; ++d) {
      const unsigned peer = peerAt<nRanks>(a, d);
      storeShared(arenaOf(a, peer, turn) + a.rank * distance + i, own);
    }
  }
  advanceTurn(a, nRanks, turn);
  Pack *slots = arenaOf(a, a.rank, turn);
  for (unsigned i = stride.first; i < a.packs; i += stride.step) {
    Pack packs[nRanks];
    const Pack own = sendable(load(a.input + i));
    if (!receive<nRanks>(a, turn, slots + i, distance, own, packs)) return;
    store(a.output + i, reduce<Element, nRanks>(a.operation, packs));
    rearm<nRanks>(a, slots + i, distance);
  }
}
