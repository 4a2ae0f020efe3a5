#ifndef KERNEL_EMULATION_H
#define KERNEL_EMULATION_H

#include <stdint.h>

#ifdef __cplusplus
extern "C" {
#endif

// The sources of the all-reduce kernels, run on the CPU: every CUDA thread of every rank is a fiber,
// which is switched at each access to memory by a seeded random choice. Stores are seen late, word by
// word, and in any order that the memory model allows. The same seed gives the same run.

enum KernelEmulationFault {
  KernelEmulationFaultNone = 0,
  // A launch does not wait for the one in front of it.
  KernelEmulationFaultNoWait = 1,
  // What was read is not armed again.
  KernelEmulationFaultNoArming = 2,
  // What is to be seen before something else may be seen after it.
  KernelEmulationFaultNoFence = 3,
};

typedef struct {
  // 0: one-shot push, 1: two-shot push, 2: pull and push.
  uint32_t kernel;
  uint32_t operation;
  // Of 16 bytes each.
  uint32_t packs;
  uint32_t blocks;
  uint32_t threads;
  const void *input;
  void *output;
} KernelEmulationCall;

typedef struct {
  uint64_t seed;
  uint32_t nRanks;
  // 0: 32 bits, 1: 16 bits, 2: bfloat16.
  uint32_t element;
  uint32_t firstTurn;
  // See KernelEmulationFault.
  uint32_t fault;
  // This rank makes only its first `silentFrom` calls; nRanks or more: no rank is silent.
  uint32_t silentRank;
  uint32_t silentFrom;
  // Whether calls are compared before they are made.
  uint32_t compares;
  // Whether the kernels are not told where the buffers are.
  uint32_t isUnregistered;
  // In steps of the emulation.
  uint64_t timeout;
  uint64_t stepLimit;
} KernelEmulationSetup;

typedef struct {
  uint32_t abort, code, origin, turn, details[2];
} KernelEmulationReport;

typedef enum {
  KernelEmulationDone = 0,
  // Some thread still waits after the limit of steps.
  KernelEmulationStuck = 1,
  // All ended, and an arena is not armed or a counter is wrong.
  KernelEmulationUnclean = 2,
} KernelEmulationResult;

// `calls` has one for each rank, and those of the next call behind; `reports` one for each rank.
KernelEmulationResult kernelEmulationRun(
    const KernelEmulationSetup *setup, const KernelEmulationCall *calls, uint32_t callCount,
    KernelEmulationReport *reports);

// Where the members of the kernels' arguments lie: input, output, report, timeout, arenaBytes,
// workspaces, packs, rank, operation, description, registration; the size of all. Then those
// of a registration: inputs, outputs, its size; of the control block the failure. Returns how many there are.
uint32_t kernelEmulationLayout(uint32_t *offsets, uint32_t capacity);

#ifdef __cplusplus
}
#endif

#endif
