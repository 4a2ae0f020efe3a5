// Records that grow in a later release: by value each release needs its own, and behind a pointer the
// type would lie for one of them.
#define TOY_MAJOR 1
#define TOY_MINOR 0
#define TOY_PATCH 0

typedef enum { toySuccess = 0, toyError = 1 } toyResult_t;

typedef struct {
  int x, y;
} toyPoint_t;

typedef struct {
  int kind;
} toyInfo_t;

toyResult_t toyMove(toyPoint_t to);
toyResult_t toyTell(toyInfo_t *info);
