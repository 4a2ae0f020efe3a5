/* The least that reading a header can cost: load libclang, parse the header with the options that
 * HeaderReader uses, count the diagnostics, leave. What `bindgen-coll read` takes beyond this is
 * ours; what it takes up to this is libclang's.
 *
 *   cc -O2 -o floor floor.c -ldl
 *   ./floor LIBCLANG HEADER [CLANG ARGUMENT ...]
 *
 * Prints the number of diagnostics. Exit code: 0 when the header was parsed, whatever clang said of
 * it; 1 when it was not; 2 for a wrong command line. */
#include <dlfcn.h>
#include <stdio.h>

/* From libclang's C interface, whose numbers are stable: 0x01 DetailedPreprocessingRecord, because
 * macros are part of the model, and 0x40 SkipFunctionBodies, because bodies are not. */
enum { PARSE_OPTIONS = 0x01 | 0x40 };

typedef void *Index;
typedef void *TranslationUnit;

/* POSIX lets a pointer from dlsym be one to a function; ISO C needs it to be said this way. */
#define LOOK_UP(function)                                                                          \
  do {                                                                                             \
    *(void **)&function = dlsym(library, #function);                                               \
    if (!function) {                                                                               \
      fprintf(stderr, "floor: %s: no " #function "\n", argv[1]);                                   \
      return 1;                                                                                    \
    }                                                                                              \
  } while (0)

int main(int argc, char **argv) {
  if (argc < 3) {
    fprintf(stderr, "usage: floor LIBCLANG HEADER [CLANG ARGUMENT ...]\n");
    return 2;
  }
  void *library = dlopen(argv[1], RTLD_NOW | RTLD_LOCAL);
  if (!library) {
    fprintf(stderr, "floor: %s\n", dlerror());
    return 1;
  }
  Index (*clang_createIndex)(int excludeDeclarationsFromPCH, int displayDiagnostics);
  int (*clang_parseTranslationUnit2)(Index index, const char *file, const char *const *arguments,
      int argumentCount, void *unsavedFiles, unsigned unsavedFileCount, unsigned options,
      TranslationUnit *unit);
  unsigned (*clang_getNumDiagnostics)(TranslationUnit unit);
  LOOK_UP(clang_createIndex);
  LOOK_UP(clang_parseTranslationUnit2);
  LOOK_UP(clang_getNumDiagnostics);

  Index index = clang_createIndex(0, 0);
  TranslationUnit unit = NULL;
  int error = clang_parseTranslationUnit2(index, argv[2], (const char *const *)argv + 3, argc - 3,
      NULL, 0, PARSE_OPTIONS, &unit);
  if (error != 0 || !unit) {
    fprintf(stderr, "floor: %s: libclang's error %d\n", argv[2], error);
    return 1;
  }
  printf("%u\n", clang_getNumDiagnostics(unit));
  /* The unit, the index and the library go with the process: freeing them is not the floor. */
  return 0;
}
