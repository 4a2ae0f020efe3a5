// The floor of a call: a loop in C through a pointer that the compiler cannot see through.

#ifndef CCallOverhead_h
#define CCallOverhead_h

#include <stddef.h>

typedef unsigned int (*CCallOverhead_AllReduce)(
    const void *_Nullable, void *_Nullable, size_t, unsigned int, unsigned int, void *_Nullable,
    void *_Nullable);
typedef unsigned int (*CCallOverhead_GetVersion)(int *_Nullable);

typedef struct CCallOverhead_Id {
  char bytes[128];
} CCallOverhead_Id;
typedef unsigned int (*CCallOverhead_CommInitRank)(
    void *_Nullable *_Nullable, int, CCallOverhead_Id, int);

/// Calls `count` times; gives the sum of the statuses so that nothing is left out.
unsigned int CCallOverhead_allReduce(CCallOverhead_AllReduce _Nonnull call, size_t count);
unsigned int CCallOverhead_getVersion(CCallOverhead_GetVersion _Nonnull call, size_t count);
unsigned int CCallOverhead_commInitRank(CCallOverhead_CommInitRank _Nonnull call, size_t count);

#endif
