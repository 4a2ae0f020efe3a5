#include "EmulatedPrimitives.h"

namespace {

// The very sources that GPUs run.
#include "../../../Sources/CustomAllReduce/Kernels/Layout.cu"
#include "../../../Sources/CustomAllReduce/Kernels/Waiting.cu"
#include "../../../Sources/CustomAllReduce/Kernels/Elements.cu"
#include "../../../Sources/CustomAllReduce/Kernels/OneShotPush.cu"
#include "../../../Sources/CustomAllReduce/Kernels/TwoShotPush.cu"
#include "../../../Sources/CustomAllReduce/Kernels/PullAndPush.cu"
#include "../../../Sources/CustomAllReduce/Kernels/Checks.cu"

static_assert(sizeof(Report) == sizeof(KernelEmulationReport), "the reports differ");

constexpr unsigned comparison = 3;

template <typename Element, unsigned nRanks>
void runKernel(const void *arguments, unsigned kernel) {
  const Arguments &a = *static_cast<const Arguments *>(arguments);
  switch (kernel) {
    case 0: return oneShotPush<Element, nRanks>(a);
    case 1: return twoShotPush<Element, nRanks>(a);
    case 2: return pullAndPush<Element, nRanks>(a);
    default: return compareCalls<nRanks>(a);
  }
}

using Body = void (*)(const void *, unsigned);

template <typename Element>
Body bodyFor(unsigned nRanks) {
  static constexpr Body bodies[] = {
      runKernel<Element, 2>, runKernel<Element, 3>, runKernel<Element, 4>, runKernel<Element, 5>,
      runKernel<Element, 6>, runKernel<Element, 7>, runKernel<Element, 8>};
  return bodies[nRanks - 2];
}

Body bodyFor(unsigned element, unsigned nRanks) {
  switch (element) {
    case 0: return bodyFor<Float32>(nRanks);
    case 1: return bodyFor<Float16>(nRanks);
    default: return bodyFor<BFloat16>(nRanks);
  }
}

/// What a rank has on its GPU, and what is put into its stream.
struct Rank {
  unsigned char *workspace = nullptr;
  emulation::List<emulation::Launch *> launches;
  emulation::List<Arguments *> arguments;
  emulation::List<Registration *> registrations;

  ~Rank() {
    for (size_t i = 0; i < launches.count; ++i) delete launches.values[i];
    for (size_t i = 0; i < arguments.count; ++i) delete arguments.values[i];
    for (size_t i = 0; i < registrations.count; ++i) delete registrations.values[i];
    delete[] workspace;
  }

  void enqueue(Body body, unsigned kernel, unsigned blocks, unsigned threads, const Arguments &a) {
    emulation::Launch *launch = new emulation::Launch;
    const size_t count = launches.count;
    launch->previous = count > 0 ? launches.values[count - 1] : nullptr;
    launch->blocks = blocks;
    launch->threads = threads;
    launch->kernel = kernel;
    launch->body = body;
    Arguments *copy = new Arguments(a);
    launch->arguments = copy;
    arguments.append(copy);
    launches.append(launch);
  }
};

struct Emulation {
  const KernelEmulationSetup &setup;
  const KernelEmulationCall *calls;
  uint32_t callCount;
  unsigned long long arenaBytes = 0;
  Rank ranks[maxRanks] = {};

  void makeWorkspaces() {
    for (uint32_t i = 0; i < callCount * setup.nRanks; ++i) {
      const unsigned long long packs = calls[i].packs;
      const unsigned long long slice = (packs + setup.nRanks - 1) / setup.nRanks;
      const unsigned long long needed =
          16 * setup.nRanks * (calls[i].kernel == 1 ? 2 * slice : packs);
      if (needed > arenaBytes) arenaBytes = needed;
    }
    for (unsigned rank = 0; rank < setup.nRanks; ++rank) {
      const size_t byteCount = controlBytes + 2 * arenaBytes;
      ranks[rank].workspace = new unsigned char[byteCount];
      memset(ranks[rank].workspace, 0, controlBytes);
      memset(ranks[rank].workspace + controlBytes, 0xFF, 2 * arenaBytes);
      reinterpret_cast<Control *>(ranks[rank].workspace)->turn = setup.firstTurn;
    }
  }

  void enqueueAll(KernelEmulationReport *reports) {
    const Body body = bodyFor(setup.element, setup.nRanks);
    for (unsigned rank = 0; rank < setup.nRanks; ++rank) {
      const uint32_t made = rank == setup.silentRank ? setup.silentFrom : callCount;
      for (uint32_t index = 0; index < made; ++index) {
        const KernelEmulationCall &call = calls[index * setup.nRanks + rank];
        const Arguments a = argumentsOf(index, rank, reports);
        if (setup.compares) ranks[rank].enqueue(body, comparison, 1, maxRanks, a);
        ranks[rank].enqueue(body, call.kernel, call.blocks, call.threads, a);
      }
    }
  }

  Arguments argumentsOf(uint32_t index, unsigned rank, KernelEmulationReport *reports) {
    const KernelEmulationCall *all = calls + index * setup.nRanks;
    Arguments a = {};
    a.input = static_cast<const Pack *>(all[rank].input);
    a.output = static_cast<Pack *>(all[rank].output);
    a.report = reinterpret_cast<Report *>(&reports[rank]);
    a.timeout = setup.timeout;
    a.arenaBytes = arenaBytes;
    for (unsigned peer = 0; peer < setup.nRanks; ++peer) {
      a.workspaces[peer] = ranks[peer].workspace;
    }
    a.packs = all[rank].packs;
    a.rank = rank;
    a.operation = all[rank].operation;
    Registration *registration = new Registration();
    for (unsigned peer = 0; peer < setup.nRanks && !setup.isUnregistered; ++peer) {
      registration->inputs[peer] = static_cast<const Pack *>(all[peer].input);
      registration->outputs[peer] = static_cast<Pack *>(all[peer].output);
    }
    ranks[rank].registrations.append(registration);
    a.registration = registration;
    a.description = all[rank].packs << 4 | all[rank].operation;
    return a;
  }

  bool isClean() const {
    for (unsigned rank = 0; rank < setup.nRanks; ++rank) {
      const unsigned char *workspace = ranks[rank].workspace;
      const Control *control = reinterpret_cast<const Control *>(workspace);
      if (control->turn != setup.firstTurn + callCount || control->arrivals != 0) return false;
      for (unsigned long long i = 0; i < 2 * arenaBytes; ++i)
        if (workspace[controlBytes + i] != 0xFF) return false;
    }
    return true;
  }
};

}  // namespace

KernelEmulationResult kernelEmulationRun(
    const KernelEmulationSetup *setup, const KernelEmulationCall *calls, uint32_t callCount,
    KernelEmulationReport *reports) {
  Emulation emulated{*setup, calls, callCount};
  emulated.makeWorkspaces();
  emulated.enqueueAll(reports);
  machine.state = setup->seed;
  machine.fault = setup->fault;
  emulation::List<emulation::Launch *> launches[maxRanks];
  for (unsigned rank = 0; rank < setup->nRanks; ++rank)
    for (size_t i = 0; i < emulated.ranks[rank].launches.count; ++i)
      launches[rank].append(emulated.ranks[rank].launches.values[i]);
  if (!machine.run(launches, setup->nRanks, setup->stepLimit)) return KernelEmulationStuck;
  return emulated.isClean() ? KernelEmulationDone : KernelEmulationUnclean;
}

uint32_t kernelEmulationLayout(uint32_t *offsets, uint32_t capacity) {
  const size_t all[] = {
      offsetof(Arguments, input), offsetof(Arguments, output), offsetof(Arguments, report),
      offsetof(Arguments, timeout), offsetof(Arguments, arenaBytes),
      offsetof(Arguments, workspaces), offsetof(Arguments, packs), offsetof(Arguments, rank),
      offsetof(Arguments, operation), offsetof(Arguments, description),
      offsetof(Arguments, registration), sizeof(Arguments), offsetof(Registration, inputs),
      offsetof(Registration, outputs), sizeof(Registration), offsetof(Control, failure)};
  const uint32_t count = sizeof all / sizeof all[0];
  for (uint32_t i = 0; i < count && i < capacity; ++i) offsets[i] = static_cast<uint32_t>(all[i]);
  return count;
}
