// A template that a build has not filled in. Clang has nothing against it, but its version macros
// are no numbers: reading the release from it must fail with a reason.
#define TOY_MAJOR 1
#define TOY_MINOR 2
#define TOY_PATCH 3

typedef enum { toySuccess = 0, toyError = 1 } toyResult_t;

#define TOY_SUFFIX "${toy:Suffix}"
#define TOY_VERSION_CODE ${toy:Version}
#undef TOY_MAJOR
#undef TOY_MINOR
#undef TOY_PATCH
#define TOY_MAJOR ${toy:Major}
#define TOY_MINOR ${toy:Minor}
#define TOY_PATCH ${toy:Patch}

toyResult_t toyGetVersion(int *version);
