// Enumerators under #if change the numbers after them, and an enumerator may be a macro as well.
// The model holds what this parse's macros select.
#define TOY_MAJOR 1
#define TOY_MINOR 2
#define TOY_PATCH 3

typedef enum { toySuccess = 0, toyError = 1 } toyResult_t;

typedef enum {
  toyFloat32 = 7,
  toyFloat64 = 8,
#if defined(TOY_BF16_TYPES_EXIST)
  toyBfloat16,
#endif
  toyNumTypes
} toyDataType_t;

typedef enum {
  toyRing = 0,
#define toyRing toyRing
  toyTree = 1
#define toyTree toyTree
} toyAlgorithm_t;

/* A name that exists as a macro only, beside the enumerators that it belongs to. */
#define toyChain toyRing

toyResult_t toySelect(toyAlgorithm_t algorithm, toyDataType_t type);
