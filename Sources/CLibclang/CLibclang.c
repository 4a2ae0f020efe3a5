#include "CLibclang.h"

static const char *const names[] = {
#define FUNCTION(RESULT, NAME, PARAMETERS) #NAME,
  CLIBCLANG_FUNCTIONS(FUNCTION)
#undef FUNCTION
};

_Static_assert(sizeof(names) / sizeof(names[0]) * sizeof(void *) == sizeof(CLibclang_Functions),
               "every member of the table has a name");

const char *const *CLibclang_functionNames(size_t *count) {
  *count = sizeof(names) / sizeof(names[0]);
  return names;
}
