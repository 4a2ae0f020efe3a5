// Two-shot push: two hops, and 2 (n - 1) / n times the data. For the sizes in the middle.
//
// 1. Each rank owns a slice. Write every pack of the input into its owner's arena.
// 2. For each pack of the own slice wait for the others', reduce them in the order of the ranks, and
//    write the result to the output and into every other rank's arena.
// 3. Wait for the packs of the other slices and write them to the output.
// What was read in 2 and 3 is armed again.
//
// Arena: a slice from each rank, to be reduced here, in the order of the ranks; then each owner's
// slice of the result.
// In place: a thread has sent pack i of all slices before it writes pack i of any.

template <unsigned nRanks>
struct Slices {
  unsigned packs, length;

  DEVICE explicit Slices(unsigned packs) : packs(packs), length((packs + nRanks - 1) / nRanks) {}

  /// Whether a slice has a pack i: the last slices may be shorter.
  DEVICE bool has(unsigned owner, unsigned i) const { return owner * length + i < packs; }
  DEVICE size_t place(unsigned owner, unsigned i) const {
    return static_cast<size_t>(owner) * length + i;
  }
};

template <typename Element, unsigned nRanks>
DEVICE bool reduceOwnSlice(
    const Arguments &a, unsigned turn, const Slices<nRanks> &slices, unsigned i) {
  if (!slices.has(a.rank, i)) return true;
  Pack *slots = arenaOf(a, a.rank, turn) + i;
  Pack packs[nRanks];
  const Pack own = sendable(load(a.input + slices.place(a.rank, i)));
  if (!receive<nRanks>(a, turn, slots, slices.length, own, packs)) return false;
  const Pack result = sendable(reduce<Element, nRanks>(a.operation, packs));
#pragma unroll
  for (unsigned d = 1; d < nRanks; ++d) {
    const unsigned peer = peerAt<nRanks>(a, d);
    storeShared(arenaOf(a, peer, turn) + slices.place(nRanks + a.rank, i), result);
  }
  store(a.output + slices.place(a.rank, i), result);
  rearm<nRanks>(a, slots, slices.length);
  return true;
}

template <unsigned nRanks>
DEVICE bool collectSlices(
    const Arguments &a, unsigned turn, const Slices<nRanks> &slices, unsigned i) {
  Pack *slots = arenaOf(a, a.rank, turn) + slices.place(nRanks, i);
  Pack packs[nRanks];
  Patience patience;
  for (;;) {
    unsigned missing = 0;
#pragma unroll
    for (unsigned owner = 0; owner < nRanks; ++owner)
      if (owner != a.rank && slices.has(owner, i))
        packs[owner] = loadShared(slots + slices.place(owner, 0));
#pragma unroll
    for (unsigned owner = 0; owner < nRanks; ++owner)
      if (owner != a.rank && slices.has(owner, i))
        missing |= isComplete(packs[owner]) ? 0u : 1u << owner;
    if (missing == 0) break;
    if (patience.ends(a, nRanks, turn, missing)) return false;
  }
#pragma unroll
  for (unsigned owner = 0; owner < nRanks; ++owner)
    if (owner != a.rank && slices.has(owner, i)) {
      store(a.output + slices.place(owner, i), packs[owner]);
      store(slots + slices.place(owner, 0), armedPack());
    }
  return true;
}

template <typename Element, unsigned nRanks>
DEVICE void twoShotPush(const Arguments &a) {
  const unsigned turn = beginTurn(a);
  const Stride stride = strideOfThread();
  const Slices<nRanks> slices(a.packs);
  for (unsigned i = stride.first; i < slices.length; i += stride.step) {
#pragma unroll
    for (unsigned d = 1; d < nRanks; ++d) {
      const unsigned owner = peerAt<nRanks>(a, d);
      if (!slices.has(owner, i)) continue;
      const Pack own = sendable(load(a.input + slices.place(owner, i)));
      storeShared(arenaOf(a, owner, turn) + slices.place(a.rank, i), own);
    }
  }
  advanceTurn(a, nRanks, turn);
  for (unsigned i = stride.first; i < slices.length; i += stride.step)
    if (!reduceOwnSlice<Element, nRanks>(a, turn, slices, i)) return;
  for (unsigned i = stride.first; i < slices.length; i += stride.step)
    if (!collectSlices<nRanks>(a, turn, slices, i)) return;
}
