// Structs and unions without a name inside a record: their fields are the record's own, at their
// own offsets. A named field of a nameless type is something else.
#define TOY_MAJOR 1
#define TOY_MINOR 2
#define TOY_PATCH 3

#include <stddef.h>

typedef enum { toySuccess = 0, toyError = 1 } toyResult_t;

typedef struct {
  size_t size;
  struct {
    int groups;
    int peers;
  };
  union {
    void *pointer;
    unsigned long long handle;
    struct {
      unsigned int low;
      unsigned int high;
    };
  };
  struct {
    int x;
    int y;
  } position;
  enum { toyModeEager, toyModeLazy } mode;
} toyConfigExt_t;

toyResult_t toyConfigure(const toyConfigExt_t *config);
