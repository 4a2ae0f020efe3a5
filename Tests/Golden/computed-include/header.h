// The name of an included header comes from a macro. What is included is found by the preprocessor
// alone, never by reading the text.
#define TOY_MAJOR 1
#define TOY_MINOR 2
#define TOY_PATCH 3

#define TOY_STRINGIFY(text) #text
#define TOY_HEADER(name) TOY_STRINGIFY(name.h)
#define TOY_LIMITS <limits.h>
#include TOY_LIMITS
#include TOY_HEADER(stdint)

typedef enum { toySuccess = 0, toyError = 1 } toyResult_t;

#define TOY_LARGEST INT_MAX
toyResult_t toySetLimit(int32_t limit);
