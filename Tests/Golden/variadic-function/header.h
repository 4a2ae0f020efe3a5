// A function with `...` cannot be called through a pointer of fixed arity: the ABI differs. It is
// recorded and left out with a reason.
#define TOY_MAJOR 1
#define TOY_MINOR 2
#define TOY_PATCH 3

#include <stdarg.h>

typedef enum { toySuccess = 0, toyError = 1 } toyResult_t;

toyResult_t toyLog(int level, const char *format, ...);
/* Its sibling with a va_list has a fixed arity, and still nothing that Swift could pass. */
toyResult_t toyLogV(int level, const char *format, va_list arguments);
toyResult_t toyFlush(void);
