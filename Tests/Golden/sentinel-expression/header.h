// An enumerator whose value is an expression over sizeof of another enumeration. Its value is what
// clang computes; its spelling says nothing.
#define TOY_MAJOR 1
#define TOY_MINOR 2
#define TOY_PATCH 3

typedef enum { toySuccess = 0, toyError = 1 } toyResult_t;

typedef enum { toyNumOps_dummy = 5 } toyRedOp_dummy_t;

typedef enum {
  toySum = 0,
  toyProd = 1,
  toyMax = 2,
  toyMin = 3,
  toyAvg = 4,
  toyNumOps = 5,
  /// The largest value that fits every earlier release's enumeration.
  toyMaxRedOp = 0x7fffffff >> (32 - 8 * sizeof(toyRedOp_dummy_t))
} toyRedOp_t;

toyResult_t toyRedOpDestroy(toyRedOp_t op);
