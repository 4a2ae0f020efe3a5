// Enumerators with gaps, negative values and no order: the values are the interface, and a value
// between them can still arrive. Also a nameless enumeration, which holds constants.
#define TOY_MAJOR 1
#define TOY_MINOR 2
#define TOY_PATCH 3

typedef enum {
  TOY_OK = 0,
  TOY_IN_PROGRESS = 1,
  TOY_ERR_NO_RESOURCE = -3,
  TOY_ERR_FIRST = -100,
  TOY_ERR_TIMED_OUT = -18,
  TOY_ERR_LAST = -2
} toyStatus_t;

enum toyFlag { TOY_FLAG_NONE = 0x0, TOY_FLAG_FAST = 0x10, TOY_FLAG_SAFE = 1 << 7 };

enum { TOY_MAX_RANKS = 512, TOY_MIN_RANKS = 1 };

toyStatus_t toyPoll(enum toyFlag flags);
