// The order of launches, and waits that end.
//
// Data is its own flag. An arena is armed: all its bits are set. A word that has another value is
// there. So data must not have that value: words of it that do are replaced by another NaN, which
// they are in every type that we take; zeros of both signs and subnormal numbers stay as they are.
//
// Turns. Every all-reduce is a turn, and uses the arena of its parity. Who reads a word arms it
// again. Nobody writes into an arena before it is armed: a peer that writes for turn t + 2 has
// ended its turn t + 1, for which it needed data that this rank sent in its own turn t + 1, after
// its turn t, the arming included, was complete.

constexpr unsigned armed = 0xFFFFFFFFu;
constexpr unsigned replacement = 0x7FFF7FFFu;

DEVICE Pack armedPack() { return {{armed, armed, armed, armed}}; }

/// The same numbers, in a form that can be sent.
DEVICE Pack sendable(Pack pack) {
#pragma unroll
  for (unsigned i = 0; i < 4; ++i)
    pack.word[i] = pack.word[i] == armed ? replacement : pack.word[i];
  return pack;
}

DEVICE bool isComplete(const Pack &pack) {
  return pack.word[0] != armed && pack.word[1] != armed && pack.word[2] != armed &&
         pack.word[3] != armed;
}

/// Must be called by every thread of a launch, before it touches anything.
DEVICE unsigned beginTurn(const Arguments &a) {
  waitForPreviousLaunch();
  admitNextLaunch();
  return loadShared(&controlOf(a, a.rank)->turn);
}

/// Ends all waiting: here, and on the other ranks. The first to come tells the host.
DEVICE void fail(
    const Arguments &a, unsigned nRanks, unsigned code, unsigned origin, unsigned turn,
    unsigned detail, unsigned otherDetail = 0) {
  if (exchange(&controlOf(a, a.rank)->reported, 1) != 0) return;
  for (unsigned rank = 0; rank < nRanks; ++rank) {
    storeShared(&controlOf(a, rank)->details[0], detail);
    storeShared(&controlOf(a, rank)->details[1], otherDetail);
  }
  a.report->origin = origin;
  a.report->turn = turn;
  a.report->details[0] = detail;
  a.report->details[1] = otherDetail;
  fence();
  for (unsigned rank = 0; rank < nRanks; ++rank)
    storeShared(&controlOf(a, rank)->failure, code | origin << 8);
  storeShared(&a.report->code, code);
}

/// Tells the host of a failure that came from another rank, or that another thread found. False if
/// there is none.
DEVICE bool passOnFailure(const Arguments &a, unsigned nRanks, unsigned turn) {
  const Control *control = controlOf(a, a.rank);
  const unsigned failure = loadShared(&control->failure);
  if (failure == 0) return false;
  fence();
  fail(a, nRanks, failure & 255, failure >> 8, turn, loadShared(&control->details[0]),
       loadShared(&control->details[1]));
  return true;
}

/// Must be called by every thread of a launch, once it has sent what others wait for. The last block
/// to come here counts the turn: by then all know its number, and the next launch, which reads it,
/// begins when this one is complete. A failure that came from another rank is passed on to the host
/// even if nothing is missing here.
DEVICE void advanceTurn(const Arguments &a, unsigned nRanks, unsigned turn) {
  synchronizeBlock();
  if (threadIdx.x != 0) return;
  Control *control = controlOf(a, a.rank);
  if (gridDim.x > 1) {
    if (add(&control->arrivals, 1) != gridDim.x - 1) return;
    storeShared(&control->arrivals, 0u);
  }
  storeShared(&control->turn, turn + 1);
  passOnFailure(a, nRanks, turn);
}

/// How long a thread goes on waiting.
struct Patience {
  unsigned looks = 0;
  unsigned long long start = 0;

  /// Whether to give up. `missing` is the set of ranks that are waited for.
  DEVICE bool ends(const Arguments &a, unsigned nRanks, unsigned turn, unsigned missing) {
    // Time and the host's word are asked for seldom: they are far away.
    if ((++looks & 1023) != 0) return false;
    if (passOnFailure(a, nRanks, turn)) return true;
    if (loadShared(&a.report->abort) != 0) {
      fail(a, nRanks, aborted, a.rank, turn, missing);
      return true;
    }
    const unsigned long long now = nanoseconds();
    if (start == 0) start = now;
    if (now - start < a.timeout) return false;
    fail(a, nRanks, timedOut, a.rank, turn, missing);
    return true;
  }
};

/// Waits for one pack of every other rank and puts this rank's own to them; `slots` is the first
/// rank's pack, and the next rank's is `distance` packs behind. False if waiting had to end.
template <unsigned nRanks>
DEVICE bool receive(
    const Arguments &a, unsigned turn, const Pack *slots, size_t distance, const Pack &own,
    Pack (&packs)[nRanks]) {
  Patience patience;
  for (;;) {
    unsigned missing = 0;
#pragma unroll
    for (unsigned rank = 0; rank < nRanks; ++rank) {
      if (rank == a.rank) {
        packs[rank] = own;
      } else {
        packs[rank] = loadShared(slots + rank * distance);
      }
    }
#pragma unroll
    for (unsigned rank = 0; rank < nRanks; ++rank)
      missing |= isComplete(packs[rank]) ? 0u : 1u << rank;
    if (missing == 0) return true;
    if (patience.ends(a, nRanks, turn, missing)) return false;
  }
}

/// Makes what `receive` has read ready for the turn after the next.
template <unsigned nRanks>
DEVICE void rearm(const Arguments &a, Pack *slots, size_t distance) {
#pragma unroll
  for (unsigned rank = 0; rank < nRanks; ++rank)
    if (rank != a.rank) store(slots + rank * distance, armedPack());
}
