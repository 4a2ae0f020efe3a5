// Pointers to functions that take and return records by value, and functions that take such
// pointers: the records are needed even where only the pointer is passed.
#define TOY_MAJOR 1
#define TOY_MINOR 2
#define TOY_PATCH 3

#include <stddef.h>

typedef enum { toySuccess = 0, toyError = 1 } toyResult_t;

typedef struct {
  char internal[128];
} toyUniqueId;

typedef struct {
  double value;
  long index;
} toyPair_t;

typedef toyResult_t (*toyAllGather_t)(void *context, toyUniqueId own, toyUniqueId *all);
typedef toyPair_t (*toyCombine_t)(toyPair_t left, toyPair_t right);

toyResult_t toyInitOutOfBand(toyAllGather_t allGather, void *context, toyUniqueId seed);
toyResult_t toyCreateOp(toyCombine_t combine, toyPair_t identity);
/* A function that returns a pointer to a function. */
toyCombine_t toyGetOp(int index);
void (*toySetHandler(int signal, void (*handler)(int)))(int);
