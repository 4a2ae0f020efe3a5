// C chooses an enumeration's type from its values: unsigned when none is negative, signed when one
// is, and wider when one needs it. Values keep their sign and size.
#define TOY_MAJOR 1
#define TOY_MINOR 2
#define TOY_PATCH 3

#include <limits.h>

typedef enum { toySuccess = 0, toyError = 1 } toyResult_t;
typedef enum { toyStateIdle = 0, toyStateLost = -1, toyStateUnset = INT_MIN } toyState_t;
/* Above INT_MAX but not above UINT_MAX: still four bytes, unsigned. */
typedef enum { toyMagicNone = 0, toyMagicConfig = 0xDEADBEEF } toyMagic_t;
/* A negative value beside one above INT_MAX needs eight bytes. */
typedef enum { toyWideLow = -1, toyWideHigh = 0x80000000 } toyWide_t;
typedef enum { toyHugeMask = 0x8000000000000000ull } toyHuge_t;

toyResult_t toyGetState(toyState_t *state);
toyResult_t toySetMagic(toyMagic_t magic);
toyResult_t toySetWide(toyWide_t wide);
toyResult_t toySetHuge(toyHuge_t huge);
