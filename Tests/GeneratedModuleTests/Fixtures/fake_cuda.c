// FAKE: not the CUDA driver, and nothing of it. It stands in for libcuda.so.1 on machines that have
// none, exports the few functions that the tests call, old and new under their real symbols, and
// keeps what it is given.

#include <stddef.h>

#include "recorder.h"

#ifndef FAKE_VERSION
#define FAKE_VERSION 12090
#endif

typedef int CUresult;
typedef int CUdevice;
typedef unsigned long long CUdeviceptr;
typedef void *CUcontext;
typedef struct {
  void *execAffinityParams;
  int numExecAffinityParams;
  void *cigParams;
} CUctxCreateParams;
typedef struct {
  char reserved[64];
} CUipcMemHandle;

static int status;

void fixture_setStatus(int value) { status = value; }

CUresult cuDriverGetVersion(int *version) {
  *version = FAKE_VERSION;
  return 0;
}

CUresult cuGetErrorString(CUresult error, const char **text) {
  if (error == 2) {
    *text = "out of memory, says the fake";
    return 0;
  }
  *text = NULL;
  return 1;
}

// The symbols without a suffix are the first forms, with 32-bit sizes: no caller may land here.
CUresult cuMemAlloc(unsigned *pointer, unsigned size) {
  RECORD(A(0), A(size));
  *pointer = 0xdead;
  return 999;
}

CUresult cuMemAlloc_v2(CUdeviceptr *pointer, size_t size) {
  RECORD(A(0), A(size));
  *pointer = 0x7f0011223344ULL;
  return status;
}

CUresult cuCtxCreate(CUcontext *context, unsigned flags, CUdevice device) {
  RECORD(A(0), A(flags), A(device));
  *context = NULL;
  return 999;
}

CUresult cuCtxCreate_v2(CUcontext *context, unsigned flags, CUdevice device) {
  RECORD(A(0), A(flags), A(device));
  *context = (void *)0x2222;
  return status;
}

#if FAKE_VERSION >= 13000
CUresult cuCtxCreate_v4(
    CUcontext *context, CUctxCreateParams *parameters, unsigned flags, CUdevice device) {
  RECORD(
      A(0), A(parameters->execAffinityParams), A(parameters->numExecAffinityParams),
      A(parameters->cigParams), A(flags), A(device));
  *context = (void *)0x4444;
  return status;
}
#endif

CUresult cuIpcGetMemHandle(CUipcMemHandle *handle, CUdeviceptr pointer) {
  RECORD(A(0), A(pointer));
  for (int i = 0; i < 64; ++i) handle->reserved[i] = (char)(200 - i);
  return status;
}

CUresult cuIpcOpenMemHandle(CUdeviceptr *pointer, CUipcMemHandle handle, unsigned flags) {
  (void)handle;
  RECORD(A(0), A(0), A(flags));
  *pointer = 0xdead;
  return 999;
}

CUresult cuIpcOpenMemHandle_v2(CUdeviceptr *pointer, CUipcMemHandle handle, unsigned flags) {
  RECORD(A(0), A(0), A(flags));
  RECORD_BYTES(handle);
  *pointer = 0x7f5566778899ULL;
  return status;
}

// The newer driver has both symbols of this function, and neither of cuEventElapsedTime.
typedef struct {
  char bytes[16];
} CUuuid;

CUresult cuDeviceGetUuid(CUuuid *uuid, CUdevice device) {
  RECORD(A(0), A(device));
  memset(uuid, 1, sizeof *uuid);
  return status;
}

#if FAKE_VERSION >= 13000
CUresult cuDeviceGetUuid_v2(CUuuid *uuid, CUdevice device) {
  RECORD(A(0), A(device));
  memset(uuid, 2, sizeof *uuid);
  return status;
}
#endif
