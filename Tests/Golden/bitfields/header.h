// Fields of some bits: offsets count in bits, a nameless one of width 0 starts a new unit, and
// their addresses do not exist.
#define TOY_MAJOR 1
#define TOY_MINOR 2
#define TOY_PATCH 3

typedef enum { toySuccess = 0, toyError = 1 } toyResult_t;

typedef struct {
  unsigned int ready : 1;
  unsigned int kind : 3;
  int delta : 12;
  unsigned int : 0;
  unsigned int tail : 31;
  unsigned int : 1;
  unsigned long long wide : 40;
  _Bool set : 1;
  unsigned char byte;
} toyFlags_t;

toyResult_t toySetFlags(const toyFlags_t *flags);
toyResult_t toyGetFlags(toyFlags_t *flags);
