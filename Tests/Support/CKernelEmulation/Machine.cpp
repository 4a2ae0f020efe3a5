#include "Machine.h"

#include <string.h>

namespace emulation {

thread_local Machine machine;

namespace {

constexpr size_t stackBytes = 64 * 1024;

void runFiber() {
  Fiber *fiber = machine.running;
  fiber->launch->body(fiber->launch->arguments, fiber->launch->kernel);
  fiber->hasEnded = true;
  swapcontext(&fiber->context, &machine.scheduler);
}

}  // namespace

bool Launch::admitsNext() const {
  if (!hasStarted()) return false;
  for (unsigned i = 0; i < fiberCount(); ++i)
    if (!fibers[i].hasAdmitted && !fibers[i].hasEnded) return false;
  return true;
}

bool Launch::isComplete() const {
  if (!hasStarted()) return false;
  for (unsigned i = 0; i < fiberCount(); ++i)
    if (!fibers[i].hasEnded || fibers[i].stores.count > 0) return false;
  return true;
}

uint64_t Machine::random() {
  state += 0x9E3779B97F4A7C15u;
  uint64_t mixed = state;
  mixed = (mixed ^ (mixed >> 30)) * 0xBF58476D1CE4E5B9u;
  mixed = (mixed ^ (mixed >> 27)) * 0x94D049BB133111EBu;
  return mixed ^ (mixed >> 31);
}

void Machine::yield() { swapcontext(&running->context, &scheduler); }

void Machine::storeLater(void *to, uint64_t value, unsigned size) {
  running->stores.append({to, value, size});
}

uint64_t Machine::loadNow(const void *from, unsigned size) const {
  // A thread sees its own stores at once.
  const List<PendingStore> &stores = running->stores;
  for (size_t i = stores.count; i > 0; --i)
    if (stores.values[i - 1].to == from) return stores.values[i - 1].value;
  uint64_t value = 0;
  memcpy(&value, from, size);
  return value;
}

void Machine::commit(Fiber &fiber, size_t index) {
  const PendingStore store = fiber.stores.values[index];
  memcpy(store.to, &store.value, store.size);
  fiber.stores.remove(index);
}

void Machine::commitSome(Fiber &fiber) {
  // Any store, but for those to one place, which stay in order.
  const size_t chosen = below(static_cast<unsigned>(fiber.stores.count));
  for (size_t i = 0; i <= chosen; ++i)
    if (fiber.stores.values[i].to == fiber.stores.values[chosen].to) return commit(fiber, i);
}

void Machine::commitAll(Fiber &fiber) {
  while (fiber.stores.count > 0) commit(fiber, 0);
}

void Machine::commitBlock(const Fiber &fiber) {
  const Launch &launch = *fiber.launch;
  for (unsigned i = 0; i < launch.fiberCount(); ++i)
    if (launch.fibers[i].block.x == fiber.block.x) commitAll(launch.fibers[i]);
}

void Machine::start(Launch &launch) {
  launch.fibers = new Fiber[launch.fiberCount()];
  for (unsigned i = 0; i < launch.fiberCount(); ++i) {
    Fiber &fiber = launch.fibers[i];
    fiber.launch = &launch;
    fiber.block.x = i / launch.threads;
    fiber.thread.x = i % launch.threads;
    fiber.stack = new char[stackBytes];
    getcontext(&fiber.context);
    fiber.context.uc_stack.ss_sp = fiber.stack;
    fiber.context.uc_stack.ss_size = stackBytes;
    fiber.context.uc_link = &scheduler;
    makecontext(&fiber.context, runFiber, 0);
  }
}

void Machine::resume(Fiber &fiber) {
  running = &fiber;
  swapcontext(&scheduler, &fiber.context);
}

bool Machine::run(List<Launch *> *launches, unsigned nRanks, uint64_t stepLimit) {
  size_t completed[16] = {0};
  for (steps = 0; steps < stepLimit; ++steps) {
    bool isDone = true;
    for (unsigned rank = 0; rank < nRanks; ++rank) {
      while (completed[rank] < launches[rank].count
             && launches[rank].values[completed[rank]]->isComplete())
        ++completed[rank];
      isDone = isDone && completed[rank] == launches[rank].count;
    }
    if (isDone) return true;

    // A rank, one of its two launches that may run, one of its threads: a step or a store of it.
    const unsigned rank = below(nRanks);
    if (completed[rank] == launches[rank].count) continue;
    const size_t chosen = completed[rank] + below(2);
    if (chosen >= launches[rank].count) continue;
    Launch &launch = *launches[rank].values[chosen];
    if (!launch.hasStarted()) {
      if (launch.previous == nullptr || launch.previous->admitsNext()) start(launch);
      continue;
    }
    Fiber &fiber = launch.fibers[below(launch.fiberCount())];
    if (fiber.stores.count > 0 && below(3) == 0) {
      commitSome(fiber);
    } else if (!fiber.hasEnded) {
      resume(fiber);
    }
  }
  return false;
}

}  // namespace emulation
