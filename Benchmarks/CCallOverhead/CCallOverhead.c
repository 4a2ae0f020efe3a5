#include "CCallOverhead.h"

unsigned int CCallOverhead_allReduce(CCallOverhead_AllReduce call, size_t count) {
  unsigned int sum = 0;
  for (size_t i = 0; i < count; i++) sum += call(NULL, NULL, i, 7, 0, NULL, NULL);
  return sum;
}

unsigned int CCallOverhead_getVersion(CCallOverhead_GetVersion call, size_t count) {
  unsigned int sum = 0;
  for (size_t i = 0; i < count; i++) {
    int version = 0;
    sum += call(&version) + (unsigned int)version;
  }
  return sum;
}

unsigned int CCallOverhead_commInitRank(CCallOverhead_CommInitRank call, size_t count) {
  unsigned int sum = 0;
  CCallOverhead_Id id = {{0}};
  for (size_t i = 0; i < count; i++) {
    void *comm = NULL;
    sum += call(&comm, 1, id, (int)i) + (comm != NULL);
  }
  return sum;
}
