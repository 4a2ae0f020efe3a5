// Constants without parentheses, and constants that are other headers' macros. Each has the value
// and the type that a C expression of it has.
#define TOY_MAJOR 1
#define TOY_MINOR 2
#define TOY_PATCH 3

#include <limits.h>
#include <stddef.h>

typedef enum { toySuccess = 0, toyError = 1 } toyResult_t;

#define TOY_SPLIT_NOCOLOR -1
#define TOY_TIMEOUT_NEVER -1.0f
#define TOY_UNDEF_INT INT_MIN
#define TOY_UNDEF_PTR NULL
#define TOY_SUM 1 + 2
#define TOY_DOUBLE_OF_SUM TOY_SUM * 2
#define TOY_BYTES 1ull << 40
#define TOY_RATIO .5
#define TOY_LETTER 'x'
#define TOY_SUFFIX ""
#define TOY_EMPTY

toyResult_t toySplit(int color, float timeout);
