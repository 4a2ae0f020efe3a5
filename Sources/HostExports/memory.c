// Memory of the library's, and buffers that a program registers.

#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

#include "call.h"
#include "records.h"

static hc_status outOfMemory(size_t size) {
  char reason[64];
  snprintf(reason, sizeof reason, "out of memory: %zu bytes", size);
  return hc_refuse(HC_SYSTEM_ERROR, reason);
}

HX_OPERATION(memAlloc) {
  (void)vendor;
  void **place = arguments->result.address;
  size_t size;
  void *memory;
  if (place == NULL) return hx_refuse("there is no place for the address");
  *place = NULL;
  HX_TRY(hx_count(arguments->size, "the size", &size));
  if (posix_memalign(&memory, (size_t)sysconf(_SC_PAGESIZE), size > 0 ? size : 1) != 0) {
    return outOfMemory(size);
  }
  if (hx_remember(NULL, memory) == NULL) {
    free(memory);
    return outOfMemory(size);
  }
  *place = memory;
  return HC_SUCCESS;
}

HX_OPERATION(memFree) {
  (void)vendor;
  void *memory = arguments->pointer;
  if (memory == NULL) return HC_SUCCESS;
  if (!hx_forget_thing(NULL, memory)) {
    return hx_refuse("%p is no memory of this library's", memory);
  }
  free(memory);
  return HC_SUCCESS;
}

HX_OPERATION(commRegister) {
  (void)vendor;
  void **place = arguments->result.address;
  size_t size;
  int count;
  if (place == NULL) return hx_refuse("there is no place for the handle");
  *place = NULL;
  HX_TRY(hx_count(arguments->size, "the size", &size));
  if (arguments->buffer == NULL && size > 0) return hx_refuse("the buffer is NULL");
  // Only to know that the communicator is alive.
  HX_TRY(hc_comm_count(arguments->comm, &count));
  *place = hx_remember(arguments->comm, arguments->buffer);
  return *place != NULL ? HC_SUCCESS : outOfMemory(size);
}

HX_OPERATION(commDeregister) {
  (void)vendor;
  int count;
  HX_TRY(hc_comm_count(arguments->comm, &count));
  if (!hx_forget_handle(arguments->comm, arguments->handle)) {
    return hx_refuse("%p is no registration of this communicator's", arguments->handle);
  }
  return HC_SUCCESS;
}
