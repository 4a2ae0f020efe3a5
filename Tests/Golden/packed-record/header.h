// Records whose layout is not the natural one: packed by an attribute, packed by a pragma, and
// over-aligned. Offsets and sizes come from clang, never from the field types.
#define TOY_MAJOR 1
#define TOY_MINOR 2
#define TOY_PATCH 3

typedef enum { toySuccess = 0, toyError = 1 } toyResult_t;

typedef struct __attribute__((packed)) {
  char tag;
  int value;
  double weight;
} toyPacked_t;

#pragma pack(push, 2)
typedef struct {
  char tag;
  int value;
  double weight;
} toyPackedByTwo_t;
#pragma pack(pop)

typedef struct {
  char tag;
  int value __attribute__((aligned(16)));
} __attribute__((aligned(64))) toyAligned_t;

toyResult_t toyExchange(const toyPacked_t *a, toyPackedByTwo_t *b, toyAligned_t *c);
toyResult_t toyPass(toyPacked_t a, toyPackedByTwo_t b);
