// The few things of the dynamic loader that Swift cannot reach: dlinfo and dladdr1 (hidden behind
// _GNU_SOURCE in the Glibc module) and a child process made by fork.
//
// Everything here is private to the LibraryLoader target. Names carry the module's prefix because
// C has one namespace.

#ifndef C_LIBRARY_LOADER_H
#define C_LIBRARY_LOADER_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#pragma clang assume_nonnull begin

// --- Loaded objects (objects.c) ---

/// dlopen(path, RTLD_NOW | RTLD_LOCAL). On failure returns NULL and copies dlerror's words into
/// `message`, cut to `capacity` with its NUL.
void *_Nullable CLibraryLoader_open(const char *path, char *message, size_t capacity);

/// Whether dlopen of `path` would return an object that this process has already loaded.
bool CLibraryLoader_isLoaded(const char *path);

/// The address of `name` if the object behind `handle` itself defines it. A definition that dlsym
/// finds in one of the object's dependencies is not returned; then `foreign` is set to it.
void *_Nullable CLibraryLoader_symbol(
    void *handle, const char *name, void *_Nullable *_Nullable foreign);

/// The loader's name (normally the path) of the object behind `handle`; empty for the program.
const char *_Nullable CLibraryLoader_objectName(void *handle);

/// The loader's name of the object that contains `address`, or NULL.
const char *_Nullable CLibraryLoader_ownerName(const void *address);

/// Whether the process-wide lookup (RTLD_DEFAULT) of `name` ends in the object behind `handle`.
bool CLibraryLoader_isGlobal(void *handle, const char *name);

/// Calls `body` with the name of every loaded object. `body` must not use the dynamic loader.
void CLibraryLoader_forEachObject(
    void (*body)(const char *name, void *_Nullable context), void *_Nullable context);

/// A second reference to an object that is loaded already, or NULL; to be given back with
/// `CLibraryLoader_release`.
void *_Nullable CLibraryLoader_reference(const char *name);
void CLibraryLoader_release(void *handle);

// --- Probe (probe.c) ---

enum { CLibraryLoader_messageSize = 1024, CLibraryLoader_maximumParts = 3 };

/// How the child process of a probe ended.
typedef enum __attribute__((enum_extensibility(closed))) CLibraryLoader_Ending : int {
  /// It answered; see `answer`.
  CLibraryLoader_EndingAnswered = 0,
  /// It called exit before it answered; `detail` is the code.
  CLibraryLoader_EndingExited = 1,
  /// It was ended by the signal `detail`.
  CLibraryLoader_EndingSignalled = 2,
  /// It was killed at the deadline; without `answer.isReady` it had not come to the library.
  CLibraryLoader_EndingTimedOut = 3,
  /// It ended without an answer, and something else in this process took its status.
  CLibraryLoader_EndingLost = 4,
  /// There was no child: a system call failed with errno `detail`.
  CLibraryLoader_EndingNotStarted = 5,
} CLibraryLoader_Ending;

/// What the child writes over the pipe: when it is ready to load the library, when the library is
/// loaded, and at the end. It is smaller than PIPE_BUF, so every write arrives whole.
typedef struct CLibraryLoader_Answer {
  int32_t isReady;
  int32_t isComplete;
  int32_t isLoaded;
  int32_t hasFunction;
  int32_t status;
  int32_t values[CLibraryLoader_maximumParts];
  char message[CLibraryLoader_messageSize];
} CLibraryLoader_Answer;

typedef struct CLibraryLoader_ProbeResult {
  CLibraryLoader_Ending ending;
  int32_t detail;
  CLibraryLoader_Answer answer;
} CLibraryLoader_ProbeResult;

/// Opens `path` in a child process and, where `function` is not NULL, calls it there with pointers
/// to `count` (1 to 3) ints. Returns within the timeout and a little more, whatever the library
/// does.
void CLibraryLoader_probe(
    const char *path, const char *_Nullable function, int32_t count, int64_t timeoutMilliseconds,
    CLibraryLoader_ProbeResult *result);

/// dlerror's words in an answer.
static inline const char *CLibraryLoader_message(const CLibraryLoader_Answer *answer) {
  return answer->message;
}

#pragma clang assume_nonnull end

#endif
