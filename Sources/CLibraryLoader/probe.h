// The two sides of a probe, private to this target.

#ifndef C_LIBRARY_LOADER_PROBE_H
#define C_LIBRARY_LOADER_PROBE_H

#include <sys/types.h>

#include "CLibraryLoader.h"

typedef struct Probe {
  const char *path;
  const char *function;  // NULL: none is called.
  int32_t count;
  int64_t timeoutMilliseconds;
} Probe;

/// The child's side: writes answers to `descriptor` and ends the process.
_Noreturn void CLibraryLoader_runChild(const Probe *probe, int descriptor, pid_t parent);

#endif
