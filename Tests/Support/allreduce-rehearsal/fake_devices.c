// FAKE: not the CUDA driver, NVRTC or NVML, and nothing of them. It stands in for all three on machines
// that have none: it hands out handles and host memory, runs no kernels, keeps a journal of what is
// made and given back, and fails the call of a number when it is told to.

#define _GNU_SOURCE
#include <fcntl.h>
#include <pthread.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <time.h>
#include <unistd.h>

typedef int Result;
typedef unsigned long long Address;
typedef void *Handle;

enum { DEVICES = 8, OUT_OF_MEMORY = 2, INVALID_VALUE = 1, ENTRIES = 1 << 16 };

// MARK: the journal

typedef struct {
  uint64_t time;      // monotonic, in nanoseconds, the same clock in all processes
  const char *call;
  uint64_t handle;    // what the call is about
  uint64_t process;   // of an opened handle: whose memory it is,
  uint64_t address;   // and where it is there; of a wait: the stream that is waited for
} Entry;

static pthread_mutex_t lock = PTHREAD_MUTEX_INITIALIZER;
static Entry entries[ENTRIES];
static int entryCount;

static void note(const char *call, uint64_t handle, uint64_t process, uint64_t address) {
  struct timespec now;
  pthread_mutex_lock(&lock);
  clock_gettime(CLOCK_MONOTONIC, &now);
  if (entryCount < ENTRIES) {
    entries[entryCount++] = (Entry){
        (uint64_t)now.tv_sec * 1000000000u + (uint64_t)now.tv_nsec, call, handle, process, address};
  }
  pthread_mutex_unlock(&lock);
}

int fake_entryCount(void) { return entryCount; }
const Entry *fake_entry(int index) { return &entries[index]; }
void fake_clear(void) { entryCount = 0; }

// MARK: failures

/// What a kernel would tell the host: the beginning of `Report` in Layout.cu, and where the
/// arguments have its address.
typedef struct {
  volatile uint32_t abort, code;
} Report;

enum { REPORT_ARGUMENT = 16, ABORTED = 2 };

static _Thread_local uint32_t launchReports;
static volatile int isWaiting;

/// The next launch by this thread reports a failure of this code: that of an abort when there has
/// been one, until which it waits, as a launch does when the driver's queue is full.
void fake_launchReports(uint32_t code) { launchReports = code; }

/// Whether a launch waits for an abort.
int fake_isWaiting(void) { return isWaiting; }

static Result reportFrom(void **parameters) {
  const uint32_t code = launchReports;
  Report *report = *(Report **)((char *)parameters[0] + REPORT_ARGUMENT);
  launchReports = 0;
  isWaiting = code == ABORTED;
  for (int i = 0; isWaiting && !report->abort; ++i) {
    if (i == 20000) return INVALID_VALUE;
    usleep(1000);
  }
  isWaiting = 0;
  report->code = code;
  return 0;
}

static _Thread_local int failAt;  // 0: nothing fails
static _Thread_local int callNumber;
static _Thread_local const char *failed;

/// The call of this number by this thread fails; calls that give back do not count.
void fake_failAt(int number) {
  failAt = number;
  callNumber = 0;
  failed = NULL;
}

/// The call that failed; NULL: none has.
const char *fake_failed(void) { return failed; }

static int fails(const char *call) {
  if (failAt == 0 || ++callNumber != failAt) return 0;
  failed = call;
  return 1;
}

#define MAY_FAIL                                  \
  do {                                            \
    if (fails(__func__)) return OUT_OF_MEMORY;    \
  } while (0)

#define NOTE(handle) note(__func__, (uint64_t)(handle), 0, 0)

/// A handle that no other call has given.
static Handle make(const char *call) {
  Handle handle = malloc(16);
  note(call, (uint64_t)handle, 0, 0);
  return handle;
}

static Result giveBack(const char *call, Handle handle) {
  note(call, (uint64_t)handle, 0, 0);
  free(handle);
  return 0;
}

#define MAKE(place)          \
  MAY_FAIL;                  \
  *(place) = make(__func__); \
  return 0

// MARK: the driver's devices and contexts

Result cuDriverGetVersion(int *version) {
  *version = 12090;
  return 0;
}

Result cuGetErrorString(Result error, const char **text) {
  *text = error == OUT_OF_MEMORY ? "the rehearsed failure" : "a mistake in the rehearsal";
  return 0;
}

Result cuInit(unsigned flags) {
  (void)flags;
  return 0;
}

Result cuDeviceGetCount(int *count) {
  MAY_FAIL;
  *count = DEVICES;
  return 0;
}

Result cuDeviceGet(int *device, int ordinal) {
  MAY_FAIL;
  *device = ordinal;
  return 0;
}

Result cuDeviceGetUuid(unsigned char *uuid, int device) {
  MAY_FAIL;
  memset(uuid, 0x10 + device, 16);
  return 0;
}

Result cuDeviceGetAttribute(int *value, int attribute, int device) {
  (void)device;
  MAY_FAIL;
  // The capability's two numbers, and the multiprocessors.
  *value = attribute == 75 ? 9 : attribute == 76 ? 0 : 132;
  return 0;
}

Result cuDevicePrimaryCtxRetain(Handle *context, int device) {
  MAY_FAIL;
  *context = (Handle)(uintptr_t)(0x1000 + device);
  NOTE(device);
  return 0;
}

Result cuDevicePrimaryCtxRelease_v2(int device) {
  NOTE(device);
  return 0;
}

static _Thread_local Handle contexts[16];
static _Thread_local int depth;

Result cuCtxGetCurrent(Handle *context) {
  *context = contexts[depth];
  return 0;
}

Result cuCtxSetCurrent(Handle context) {
  contexts[depth] = context;
  return 0;
}

// A context that cannot be pushed leaves nothing that could be given back: these do not fail.
Result cuCtxPushCurrent_v2(Handle context) {
  contexts[++depth] = context;
  return 0;
}

Result cuCtxPopCurrent_v2(Handle *context) {
  *context = contexts[depth--];
  return 0;
}

Result cuCtxSynchronize(void) {
  MAY_FAIL;
  NOTE(contexts[depth]);
  return 0;
}

Result cuCtxEnablePeerAccess(Handle peer, unsigned flags) {
  (void)flags;
  MAY_FAIL;
  NOTE(peer);
  return 0;
}

// MARK: memory

typedef struct Allocation {
  struct Allocation *next;
  unsigned char *base;
  size_t size;
  int isMapped;  // into addresses that were reserved, which are not freed with it
} Allocation;

static Allocation *allocations;

/// The allocation that an address lies in; NULL: somebody else's memory.
static Allocation *find(Address address) {
  pthread_mutex_lock(&lock);
  Allocation *found = allocations;
  while (found && (address < (Address)found->base || address >= (Address)found->base + found->size))
    found = found->next;
  pthread_mutex_unlock(&lock);
  return found;
}

static void enter(void *base, size_t size, int isMapped) {
  Allocation *made = malloc(sizeof *made);
  *made = (Allocation){NULL, base, size, isMapped};
  pthread_mutex_lock(&lock);
  made->next = allocations;
  allocations = made;
  pthread_mutex_unlock(&lock);
}

static Result leave(Address address, int isMapped) {
  pthread_mutex_lock(&lock);
  Allocation **place = &allocations;
  while (*place && ((Address)(*place)->base != address || (*place)->isMapped != isMapped))
    place = &(*place)->next;
  Allocation *gone = *place;
  if (gone) *place = gone->next;
  pthread_mutex_unlock(&lock);
  if (!gone) return INVALID_VALUE;
  if (!isMapped) free(gone->base);
  free(gone);
  return 0;
}

Result cuMemAlloc_v2(Address *address, size_t size) {
  MAY_FAIL;
  void *base = aligned_alloc(4096, (size + 4095) / 4096 * 4096);
  enter(base, size, 0);
  *address = (Address)base;
  NOTE(*address);
  return 0;
}

Result cuMemFree_v2(Address address) {
  NOTE(address);
  return leave(address, 0);
}

Result cuMemHostAlloc(void **memory, size_t size, unsigned flags) {
  (void)flags;
  MAY_FAIL;
  *memory = calloc(1, size);
  NOTE(*memory);
  return 0;
}

Result cuMemFreeHost(void *memory) { return giveBack(__func__, memory); }

Result cuMemGetAddressRange_v2(Address *base, size_t *size, Address address) {
  MAY_FAIL;
  Allocation *found = find(address);
  if (!found) return INVALID_VALUE;
  if (base) *base = (Address)found->base;
  if (size) *size = found->size;
  return 0;
}

typedef struct {
  uint64_t process, address;
  char rest[48];
} MemoryHandle;

Result cuIpcGetMemHandle(MemoryHandle *handle, Address address) {
  MAY_FAIL;
  Allocation *found = find(address);
  if (!found) return INVALID_VALUE;
  memset(handle, 0, sizeof *handle);
  handle->process = (uint64_t)getpid();
  handle->address = (uint64_t)found->base;
  return 0;
}

Result cuIpcOpenMemHandle_v2(Address *address, MemoryHandle handle, unsigned flags) {
  (void)flags;
  MAY_FAIL;
  // As the driver: not within one process.
  if (handle.process == (uint64_t)getpid()) return INVALID_VALUE;
  *address = (Address)malloc(16);
  note(__func__, *address, handle.process, handle.address);
  return 0;
}

Result cuIpcCloseMemHandle(Address address) { return giveBack(__func__, (Handle)address); }

enum { LEGACY_HANDLES = 10 };

Result cuPointerGetAttribute(void *answer, int attribute, Address address) {
  MAY_FAIL;
  Allocation *found = find(address);
  if (!found || attribute != LEGACY_HANDLES) return INVALID_VALUE;
  *(int *)answer = !found->isMapped;
  return 0;
}

// MARK: memory that is mapped

Result cuMemGetAllocationGranularity(size_t *granularity, const void *properties, int option) {
  (void)properties, (void)option;
  MAY_FAIL;
  *granularity = 4096;
  return 0;
}

Result cuMemCreate(
    Handle *memory, size_t size, const void *properties, unsigned long long flags) {
  (void)size, (void)properties, (void)flags;
  MAKE(memory);
}

Result cuMemRelease(Handle memory) { return giveBack(__func__, memory); }

Result cuMemAddressReserve(
    Address *address, size_t size, size_t alignment, Address wish, unsigned long long flags) {
  (void)alignment, (void)wish, (void)flags;
  MAY_FAIL;
  *address = (Address)aligned_alloc(4096, (size + 4095) / 4096 * 4096);
  NOTE(*address);
  return 0;
}

Result cuMemAddressFree(Address address, size_t size) {
  (void)size;
  return giveBack(__func__, (Handle)address);
}

Result cuMemMap(
    Address address, size_t size, size_t offset, Handle memory, unsigned long long flags) {
  (void)offset, (void)memory, (void)flags;
  MAY_FAIL;
  enter((void *)address, size, 1);
  NOTE(address);
  return 0;
}

Result cuMemUnmap(Address address, size_t size) {
  (void)size;
  NOTE(address);
  return leave(address, 1);
}

Result cuMemSetAccess(Address address, size_t size, const void *access, size_t count) {
  (void)size, (void)access, (void)count;
  MAY_FAIL;
  Allocation *found = find(address);
  return found && found->isMapped ? 0 : INVALID_VALUE;
}

Result cuMemRetainAllocationHandle(Handle *memory, void *address) {
  MAY_FAIL;
  Allocation *found = find((Address)address);
  if (!found || !found->isMapped) return INVALID_VALUE;
  *memory = make(__func__);
  return 0;
}

/// A descriptor that a test can tell from others, and that can be sent.
Result cuMemExportToShareableHandle(
    int *descriptor, Handle memory, int type, unsigned long long flags) {
  (void)memory, (void)type, (void)flags;
  MAY_FAIL;
  *descriptor = memfd_create("fake-memory", 0);
  return *descriptor < 0 ? INVALID_VALUE : 0;
}

Result cuMemImportFromShareableHandle(Handle *memory, void *descriptor, int type) {
  (void)type;
  if (fcntl((int)(intptr_t)descriptor, F_GETFD) < 0) return INVALID_VALUE;
  MAKE(memory);
}

Result cuMemsetD8Async(Address address, unsigned char value, size_t count, Handle stream) {
  (void)stream;
  MAY_FAIL;
  memset((void *)address, value, count);
  return 0;
}

Result cuMemsetD2D32Async(
    Address address, size_t pitch, unsigned value, size_t width, size_t height, Handle stream) {
  (void)stream;
  MAY_FAIL;
  for (size_t row = 0; row < height; ++row)
    for (size_t column = 0; column < width; ++column)
      memcpy((char *)address + row * pitch + column * 4, &value, 4);
  return 0;
}

Result cuMemcpyHtoD_v2(Address target, const void *source, size_t count) {
  MAY_FAIL;
  memcpy((void *)target, source, count);
  return 0;
}

Result cuMemcpyDtoH_v2(void *target, Address source, size_t count) {
  MAY_FAIL;
  memcpy(target, (void *)source, count);
  return 0;
}

// MARK: code, streams, events, graphs

Result cuModuleLoadData(Handle *module, const void *image) {
  (void)image;
  MAKE(module);
}

Result cuModuleUnload(Handle module) { return giveBack(__func__, module); }

Result cuModuleGetFunction(Handle *function, Handle module, const char *name) {
  (void)name;
  MAY_FAIL;
  *function = module;
  return 0;
}

Result cuFuncLoad(Handle function) {
  (void)function;
  MAY_FAIL;
  return 0;
}

Result cuOccupancyMaxActiveBlocksPerMultiprocessor(
    int *blocks, Handle function, int threads, size_t shared) {
  (void)function, (void)threads, (void)shared;
  MAY_FAIL;
  *blocks = 2;
  return 0;
}

Result cuLaunchKernelEx(const void *config, Handle function, void **parameters, void **extra) {
  (void)config, (void)extra;
  MAY_FAIL;
  NOTE(function);
  return launchReports ? reportFrom(parameters) : 0;
}

enum { CAPTURES = 8 };
static _Thread_local Handle capturing[CAPTURES];

/// Where a stream is in the list; -1: it does not record.
static int captureOf(Handle stream) {
  for (int i = 0; i < CAPTURES; ++i)
    if (capturing[i] == stream) return i;
  return -1;
}

Result cuStreamCreateWithPriority(Handle *stream, unsigned flags, int priority) {
  (void)flags, (void)priority;
  MAKE(stream);
}

Result cuStreamDestroy_v2(Handle stream) { return giveBack(__func__, stream); }

Result cuStreamSynchronize(Handle stream) {
  (void)stream;
  MAY_FAIL;
  return 0;
}

Result cuStreamIsCapturing(Handle stream, int *status) {
  MAY_FAIL;
  *status = stream != NULL && captureOf(stream) >= 0;
  return 0;
}

Result cuStreamBeginCapture_v2(Handle stream, int mode) {
  (void)mode;
  MAY_FAIL;
  int place = captureOf(NULL);
  if (place < 0) return INVALID_VALUE;
  capturing[place] = stream;
  return 0;
}

Result cuStreamEndCapture(Handle stream, Handle *graph) {
  int place = captureOf(stream);
  if (place < 0) return INVALID_VALUE;
  capturing[place] = NULL;
  MAKE(graph);
}

Result cuGraphDestroy(Handle graph) { return giveBack(__func__, graph); }

Result cuEventCreate(Handle *event, unsigned flags) {
  (void)flags;
  MAKE(event);
}

Result cuEventDestroy_v2(Handle event) { return giveBack(__func__, event); }

Result cuEventRecord(Handle event, Handle stream) {
  MAY_FAIL;
  *(Handle *)event = stream;
  return 0;
}

/// Notes which stream waits for what another had come to.
Result cuStreamWaitEvent(Handle stream, Handle event, unsigned flags) {
  (void)flags;
  MAY_FAIL;
  note(__func__, (uint64_t)stream, 0, (uint64_t)*(Handle *)event);
  return 0;
}

// MARK: the compiler

Result nvrtcVersion(int *major, int *minor) {
  *major = 12;
  *minor = 9;
  return 0;
}

const char *nvrtcGetErrorString(Result error) {
  return error == OUT_OF_MEMORY ? "the rehearsed failure" : "a mistake in the rehearsal";
}

Result nvrtcCreateProgram(
    Handle *program, const char *source, const char *name, int headers, const char *const *texts,
    const char *const *names) {
  (void)source, (void)name, (void)headers, (void)texts, (void)names;
  MAKE(program);
}

Result nvrtcDestroyProgram(Handle *program) { return giveBack(__func__, *program); }

Result nvrtcCompileProgram(Handle program, int count, const char *const *options) {
  (void)program, (void)count, (void)options;
  MAY_FAIL;
  return 0;
}

Result nvrtcGetCUBINSize(Handle program, size_t *size) {
  (void)program;
  MAY_FAIL;
  *size = 4;
  return 0;
}

Result nvrtcGetCUBIN(Handle program, char *image) {
  (void)program;
  MAY_FAIL;
  memcpy(image, "FAKE", 4);
  return 0;
}

Result nvrtcGetProgramLogSize(Handle program, size_t *size) {
  (void)program;
  MAY_FAIL;
  *size = 1;
  return 0;
}

Result nvrtcGetProgramLog(Handle program, char *log) {
  (void)program;
  MAY_FAIL;
  *log = 0;
  return 0;
}

// MARK: the links

Result nvmlInit_v2(void) {
  MAY_FAIL;
  return 0;
}

const char *nvmlErrorString(Result error) { return nvrtcGetErrorString(error); }

Result nvmlDeviceGetHandleByUUID(const char *uuid, Handle *device) {
  (void)uuid;
  MAY_FAIL;
  *device = (Handle)0x1;
  return 0;
}

Result nvmlDeviceGetP2PStatus(Handle first, Handle second, int index, int *status) {
  (void)first, (void)second, (void)index;
  MAY_FAIL;
  *status = 0;
  return 0;
}
