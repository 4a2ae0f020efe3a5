// A macro that initialises a struct: braces, sizeof, comments between the tokens, continued lines
// and a trailing comma. It is recorded as tokens and has no value.
#define TOY_MAJOR 1
#define TOY_MINOR 2
#define TOY_PATCH 3

#include <limits.h>
#include <stddef.h>

typedef enum { toySuccess = 0, toyError = 1 } toyResult_t;

#define TOY_VERSION_CODE (TOY_MAJOR * 10000 + TOY_MINOR * 100 + TOY_PATCH)
#define TOY_CONFIG_UNDEF_INT INT_MIN
#define TOY_CONFIG_UNDEF_PTR NULL

typedef struct toyConfig_v10203 {
  size_t size;
  unsigned int magic;
  unsigned int version;
  int blocking;
  const char *name;
} toyConfig_t;

#define TOY_CONFIG_INITIALIZER {                        \
  sizeof(toyConfig_t),  /* size */                      \
  0xcafebeef,           /* magic */                     \
  TOY_VERSION_CODE,     /* version, of this header */   \
  TOY_CONFIG_UNDEF_INT, /* blocking */                  \
  TOY_CONFIG_UNDEF_PTR, /* name */                      \
}

toyResult_t toyInit(const toyConfig_t *config);
