// Functions that return records: small ones come back in registers, large ones through a hidden
// pointer, floating ones in others. The signature must say the exact record.
#define TOY_MAJOR 1
#define TOY_MINOR 2
#define TOY_PATCH 3

#include <stdint.h>

typedef enum { toySuccess = 0, toyError = 1 } toyResult_t;

typedef struct { int32_t major, minor; } toyVersion_t;
typedef struct { double x, y; } toyPoint_t;
typedef struct { float x; int32_t y; float z; } toyMixed_t;
typedef struct { char internal[128]; } toyUniqueId;
typedef union { int64_t integer; double real; } toyNumber_t;

toyVersion_t toyGetVersion(void);
toyPoint_t toyGetPoint(int index);
toyMixed_t toyGetMixed(toyMixed_t other);
toyUniqueId toyMakeUniqueId(int seed);
toyNumber_t toyGetNumber(toyPoint_t point, toyNumber_t other);
