// Types that Swift cannot pass: long double, complex numbers, 128-bit integers, half floats,
// vectors. A function that needs one is left out with a reason.
#define TOY_MAJOR 1
#define TOY_MINOR 2
#define TOY_PATCH 3

typedef enum { toySuccess = 0, toyError = 1 } toyResult_t;

typedef float toyFloat4 __attribute__((vector_size(16)));

toyResult_t toyScale(double factor);
toyResult_t toyScaleLong(long double factor);
toyResult_t toyRotate(float _Complex by, double _Complex *around);
toyResult_t toyCount(__int128 count, unsigned __int128 *total);
toyResult_t toyHalf(__fp16 *value);
toyResult_t toyAdd(toyFloat4 left, toyFloat4 *right);
toyResult_t toyAtomic(_Atomic(int) *counter);

typedef struct {
  char tag;
  long double value;
  __int128 wide;
} toyExtended_t;
toyResult_t toyExtended(const toyExtended_t *extended);
