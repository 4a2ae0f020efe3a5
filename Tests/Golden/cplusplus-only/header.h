// A "C" header that only C++ can read: default member initialisers, a namespace, references. Clang
// reports errors in C; the reader must refuse with clang's words.
#define TOY_MAJOR 1
#define TOY_MINOR 2
#define TOY_PATCH 3

typedef enum { toySuccess = 0, toyError = 1 } toyResult_t;

typedef struct toyConfig {
  int blocking = 1;
  const char *name = nullptr;
} toyConfig_t;

namespace toyx {
toyResult_t configure(const toyConfig_t &config, int hints = 0);
}

extern "C" toyResult_t toyInit(const toyConfig_t *config);
