// The later release of the two: see the first.
#define TOY_MAJOR 2
#define TOY_MINOR 0
#define TOY_PATCH 0

typedef enum { toySuccess = 0, toyError = 1 } toyResult_t;

typedef struct {
  int x, y, z;
} toyPoint_t;

typedef struct {
  int kind;
  void *more;
} toyInfo_t;

toyResult_t toyMove(toyPoint_t to);
toyResult_t toyTell(toyInfo_t *info);
