// A record that ends in an array without a bound: its size does not count the elements, and it
// cannot be an element or passed by value.
#define TOY_MAJOR 1
#define TOY_MINOR 2
#define TOY_PATCH 3

#include <stddef.h>

typedef enum { toySuccess = 0, toyError = 1 } toyResult_t;

typedef struct {
  size_t count;
  struct {
    int rank;
    float weight;
  } peers[];
} toyPeers_t;

/* The older spelling, an extension. */
typedef struct {
  int length;
  char text[0];
} toyText_t;

toyResult_t toySetPeers(const toyPeers_t *peers);
toyResult_t toySetText(const toyText_t *text);
