#pragma once

#include <stddef.h>
#include <stdint.h>
#include <ucontext.h>

// Fibers in place of CUDA threads, and the memory between them.

namespace emulation {

struct Dimension {
  unsigned x;
};

/// A store that its thread has made and that nobody else sees yet.
struct PendingStore {
  void *to;
  uint64_t value;
  unsigned size;
};

/// A growing array; the emulation needs no more of a library than this.
template <typename Value>
struct List {
  Value *values = nullptr;
  size_t count = 0, capacity = 0;

  List() = default;
  List(const List &) = delete;
  List &operator=(const List &) = delete;
  ~List() { delete[] values; }

  void append(const Value &value) {
    if (count == capacity) {
      capacity = capacity ? 2 * capacity : 8;
      Value *larger = new Value[capacity];
      for (size_t i = 0; i < count; ++i) larger[i] = values[i];
      delete[] values;
      values = larger;
    }
    values[count++] = value;
  }
  void remove(size_t index) {
    for (size_t i = index + 1; i < count; ++i) values[i - 1] = values[i];
    --count;
  }
};

struct Launch;

struct Fiber {
  ucontext_t context;
  char *stack = nullptr;
  Launch *launch = nullptr;
  Dimension block, thread;
  List<PendingStore> stores;
  bool hasEnded = false;
  bool hasAdmitted = false;
  /// How many block-wide synchronizations it has come to, and what it said at the last.
  unsigned synchronizations = 0;
  bool says[2] = {false, false};

  ~Fiber() { delete[] stack; }
};

/// One kernel on one rank.
struct Launch {
  Launch *previous = nullptr;
  unsigned blocks = 0, threads = 0;
  void (*body)(const void *arguments, unsigned kernel) = nullptr;
  const void *arguments = nullptr;
  unsigned kernel = 0;
  Fiber *fibers = nullptr;

  ~Launch() { delete[] fibers; }

  unsigned fiberCount() const { return blocks * threads; }
  bool hasStarted() const { return fibers != nullptr; }
  /// All blocks have let the next launch in, or ended.
  bool admitsNext() const;
  /// All threads have ended and all their stores are seen.
  bool isComplete() const;
};

struct Machine {
  uint64_t state = 0;
  uint64_t steps = 0;
  uint32_t fault = 0;
  Fiber *running = nullptr;
  ucontext_t scheduler;

  uint64_t random();
  unsigned below(unsigned bound) { return static_cast<unsigned>(random() % bound); }

  /// Lets others run.
  void yield();
  void storeLater(void *to, uint64_t value, unsigned size);
  uint64_t loadNow(const void *from, unsigned size) const;
  /// Makes one pending store of a fiber seen, of those that may be.
  static void commit(Fiber &fiber, size_t index);
  void commitSome(Fiber &fiber);
  static void commitAll(Fiber &fiber);
  static void commitBlock(const Fiber &fiber);

  /// Runs the launches of all ranks, each rank's in order. False if they do not end.
  bool run(List<Launch *> *launches, unsigned nRanks, uint64_t stepLimit);

private:
  void start(Launch &launch);
  void resume(Fiber &fiber);
};

/// One for each thread that runs an emulation: tests run side by side.
extern thread_local Machine machine;

}  // namespace emulation
