#pragma once

#include "Machine.h"

#include <math.h>
#include <string.h>

#include "KernelEmulation.h"

// What Primitives.cu has for GPUs. Included inside a namespace of its own.

#define DEVICE inline __attribute__((always_inline))
#define blockIdx (emulation::machine.running->block)
#define threadIdx (emulation::machine.running->thread)
#define gridDim (emulation::Dimension{emulation::machine.running->launch->blocks})
#define blockDim (emulation::Dimension{emulation::machine.running->launch->threads})

namespace {

using emulation::machine;

struct alignas(16) Pack {
  unsigned word[4];
};

template <typename Word>
Word loadWord(const Word *from) {
  machine.yield();
  return static_cast<Word>(machine.loadNow(from, sizeof(Word)));
}

template <typename Word>
void storeWord(Word *to, Word value) {
  machine.yield();
  machine.storeLater(to, value, sizeof(Word));
}

/// The words in any order.
template <typename Body>
void forEachWord(Body body) {
  const unsigned first = machine.below(4), step = machine.below(2) * 2 + 1;
  for (unsigned i = 0; i < 4; ++i) body((first + i * step) % 4);
}

Pack loadShared(const Pack *from) {
  Pack pack;
  forEachWord([&](unsigned i) { pack.word[i] = loadWord(&from->word[i]); });
  return pack;
}

void storeShared(Pack *to, Pack pack) {
  forEachWord([&](unsigned i) { storeWord(&to->word[i], pack.word[i]); });
}

unsigned loadShared(const unsigned *from) { return loadWord(from); }
void storeShared(unsigned *to, unsigned word) { storeWord(to, word); }
unsigned long long loadShared(const unsigned long long *from) { return loadWord(from); }
void storeShared(unsigned long long *to, unsigned long long word) { storeWord(to, word); }

void fence() {
  machine.yield();
  if (machine.fault == KernelEmulationFaultNoFence) return;
  emulation::Machine::commitAll(*machine.running);
}

void storeRelease(unsigned long long *to, unsigned long long word) {
  machine.yield();
  // What the threads of the block did before they synchronized is released too.
  if (machine.fault != KernelEmulationFaultNoFence)
    emulation::Machine::commitBlock(*machine.running);
  machine.storeLater(to, word, sizeof word);
}

unsigned long long loadAcquire(const unsigned long long *from) { return loadWord(from); }

Pack load(const Pack *from) { return loadShared(from); }

void store(Pack *to, Pack pack) {
  if (machine.fault == KernelEmulationFaultNoArming && pack.word[0] == ~0u) return;
  storeShared(to, pack);
}

unsigned exchangeWith(unsigned *to, unsigned (*change)(unsigned, unsigned), unsigned value) {
  machine.yield();
  emulation::Machine::commitAll(*machine.running);
  const unsigned before = *to;
  *to = change(before, value);
  return before;
}

unsigned add(unsigned *to, unsigned value) {
  return exchangeWith(to, [](unsigned before, unsigned value) { return before + value; }, value);
}

unsigned exchange(unsigned *to, unsigned value) {
  return exchangeWith(to, [](unsigned, unsigned value) { return value; }, value);
}

bool synchronizeBlockAny(bool says) {
  emulation::Fiber &self = *machine.running;
  const emulation::Launch &launch = *self.launch;
  const unsigned number = ++self.synchronizations;
  self.says[number & 1] = says;
  for (;;) {
    bool allCame = true, any = false;
    for (unsigned i = 0; i < launch.fiberCount(); ++i) {
      const emulation::Fiber &other = launch.fibers[i];
      if (other.block.x != self.block.x || other.hasEnded) continue;
      allCame = allCame && other.synchronizations >= number;
      any = any || other.says[number & 1];
    }
    if (allCame) return any;
    machine.yield();
  }
}

void synchronizeBlock() { synchronizeBlockAny(false); }

void waitForPreviousLaunch() {
  const emulation::Launch *previous = machine.running->launch->previous;
  if (machine.fault == KernelEmulationFaultNoWait) return;
  while (previous != nullptr && !previous->isComplete()) machine.yield();
}

void admitNextLaunch() { machine.running->hasAdmitted = true; }

unsigned long long nanoseconds() { return machine.steps; }

float floatOfBits(unsigned bits) {
  float value;
  memcpy(&value, &bits, sizeof value);
  return value;
}

unsigned bitsOfFloat(float value) {
  unsigned bits;
  memcpy(&bits, &value, sizeof bits);
  return bits;
}

float floatOfHalf(unsigned short bits) {
  _Float16 value;
  memcpy(&value, &bits, sizeof value);
  return static_cast<float>(value);
}

unsigned short halfOfFloat(float value) {
  // GPUs make every NaN this one.
  if (isnan(value)) return 0x7FFF;
  const _Float16 half = static_cast<_Float16>(value);
  unsigned short bits;
  memcpy(&bits, &half, sizeof bits);
  return bits;
}

unsigned short bfloatOfFloat(float value) {
  if (isnan(value)) return 0x7FFF;
  const unsigned bits = bitsOfFloat(value);
  return static_cast<unsigned short>((bits + 0x7FFFu + (bits >> 16 & 1)) >> 16);
}

unsigned halvesOfFloats(float first, float second) {
  return halfOfFloat(first) | static_cast<unsigned>(halfOfFloat(second)) << 16;
}

unsigned bfloatsOfFloats(float first, float second) {
  return bfloatOfFloat(first) | static_cast<unsigned>(bfloatOfFloat(second)) << 16;
}

}  // namespace
