// A `const` object as the bound of an array: in C this is an extension that clang folds, with a
// warning; in C++ it is plain. The header is read, the size is the number.
#define TOY_MAJOR 1
#define TOY_MINOR 2
#define TOY_PATCH 3

#include <stdint.h>

typedef enum { toySuccess = 0, toyError = 1 } toyResult_t;

const uint32_t TOY_ROOT_INFO_BYTES = 4108;
static const int toyNameLength = 16;

typedef struct {
  char internal[TOY_ROOT_INFO_BYTES];
} toyRootInfo;

toyResult_t toyGetRootInfo(toyRootInfo *info);
toyResult_t toyGetName(char name[toyNameLength]);
