// Pull and push: on the buffers themselves, which all ranks must have registered. For large sizes.
//
// 1. A barrier: the inputs of all ranks are written, and nobody reads the outputs any more.
// 2. Read every pack of the own slice from all inputs, reduce them in the order of the ranks, and
//    write the result into all outputs.
// 3. A barrier: all outputs are written.
//
// A barrier is between the blocks of one number on all ranks: each writes the turn to the others and
// waits for theirs. What its threads did before is ordered by the block's synchronization and a
// release, what they do after by an acquire and the block's synchronization. Two sets of flags are
// enough: who writes the first for the next turn has left the second of this one.
// All ranks must launch as many blocks.
// In place: slice r of every buffer is read and written by rank r alone, each pack by one thread.

/// False if waiting had to end.
template <unsigned nRanks>
DEVICE bool crossBarrier(const Arguments &a, unsigned turn, unsigned phase) {
  synchronizeBlock();
  const unsigned peer = threadIdx.x;
  bool hasFailed = false;
  if (peer < nRanks && peer != a.rank) {
    const unsigned long long mark = 1ull << 32 | turn;
    storeRelease(&controlOf(a, peer)->barriers[phase][blockIdx.x][a.rank], mark);
    const unsigned long long *flag = &controlOf(a, a.rank)->barriers[phase][blockIdx.x][peer];
    Patience patience;
    while (!hasFailed && loadAcquire(flag) != mark)
      hasFailed = patience.ends(a, nRanks, turn, 1u << peer);
  }
  return !synchronizeBlockAny(hasFailed);
}

template <typename Element, unsigned nRanks>
DEVICE void pullAndPush(const Arguments &a) {
  const unsigned turn = beginTurn(a);
  advanceTurn(a, nRanks, turn);
  // The host sees to it that this cannot be; a wrong address would take the whole process with it.
  if (a.registration->outputs[a.rank] == nullptr) {
    fail(a, nRanks, unregistered, a.rank, turn, 0);
    return;
  }
  if (!crossBarrier<nRanks>(a, turn, 0)) return;
  const Stride stride = strideOfThread();
  const Slices<nRanks> slices(a.packs);
  const Pack *inputs[nRanks];
  Pack *outputs[nRanks];
#pragma unroll
  for (unsigned rank = 0; rank < nRanks; ++rank) {
    inputs[rank] = a.registration->inputs[rank];
    // Begins with this rank's own; all ranks begin elsewhere.
    outputs[rank] = a.registration->outputs[peerAt<nRanks>(a, rank)];
  }
  for (unsigned i = stride.first; i < slices.length && slices.has(a.rank, i); i += stride.step) {
    const size_t place = slices.place(a.rank, i);
    Pack packs[nRanks];
#pragma unroll
    for (unsigned rank = 0; rank < nRanks; ++rank) packs[rank] = load(inputs[rank] + place);
    const Pack result = reduce<Element, nRanks>(a.operation, packs);
#pragma unroll
    for (unsigned d = 0; d < nRanks; ++d) store(outputs[d] + place, result);
  }
  crossBarrier<nRanks>(a, turn, 1);
}
