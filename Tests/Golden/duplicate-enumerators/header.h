// Several enumerators share one value. The first is the name of the value, the others are aliases,
// and none is lost.
#define TOY_MAJOR 1
#define TOY_MINOR 2
#define TOY_PATCH 3

typedef enum { toySuccess = 0, toyError = 1 } toyResult_t;

typedef enum {
  toyInt8 = 0,
  toyChar = 0,
  toyUint8 = 1,
  toyInt32 = 2,
  toyInt = toyInt32,
  toyFloat16 = 6,
  toyHalf = 6,
  toyFloat32,
  toyFloat = toyFloat32,
  toyNumTypes
} toyDataType_t;

toyResult_t toyTypeSize(toyDataType_t type, int *size);
