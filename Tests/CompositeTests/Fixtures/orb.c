// A library behind one of the headers of composite-orb: HEADER says which.
#include HEADER
#include <stdlib.h>

ORBresult orbVersion(int *major, int *minor, int *patch) {
  *major = ORB_MAJOR;
  *minor = ORB_MINOR;
  *patch = 0;
  return ORB_SUCCESS;
}

ORBresult orbGetErrorText(ORBresult error, const char **text) {
  if (error != ORB_ERROR_INVALID_VALUE) return ORB_ERROR_INVALID_VALUE;
  *text = "a value is not valid";
  return ORB_SUCCESS;
}

// `orbMemAlloc` is a macro: this defines the symbol that it stands for.
ORBresult orbMemAlloc(ORBaddress *address, size_t bytes) {
  *address = 0x1000 + bytes;
  return bytes ? ORB_SUCCESS : ORB_ERROR_INVALID_VALUE;
}

ORBresult orbMemFree(ORBaddress address) {
  return address == 0x1001 ? ORB_SUCCESS : ORB_ERROR_NOT_READY;
}

ORBresult orbMemCopy(ORBaddress to, ORBaddress from, size_t bytes, ORBcopy kind) {
  return to && from && bytes && kind == ORB_COPY_DEVICE_TO_HOST ? ORB_SUCCESS : 42;
}

ORBresult orbStreamCreate(ORBstream *stream, unsigned int flags) {
  *stream = (ORBstream)(size_t)flags;
  return ORB_SUCCESS;
}

ORBresult orbLaunch(const ORBlaunch *launch, ORBlaunch *copy) {
  *copy = *launch;
  copy->threads[2] = launch->blocks[0] + 1;
  copy->values[1].number = 0.5;
  copy->attribute.value = launch->attribute.value * 2;
  return launch->attribute.kind == 'k' ? ORB_SUCCESS : ORB_ERROR_INVALID_VALUE;
}

ORBvalue orbEvaluate(ORBvalue value, int (*with)(ORBvalue)) {
  if (with) value.integer = with(value);
  value.number *= 2;
  return value;
}

ORBresult orbCall(ORBhost function, void *context, int *result) {
  *result = function(context);
  return ORB_SUCCESS;
}

ORBresult orbRenamed(int value) { return value == 3 ? ORB_SUCCESS : ORB_ERROR_INVALID_VALUE; }

#ifdef RELAY_BUFFER
ORBresult orbExchange(ORBaddress from, ORBaddress to, size_t bytes, ORBaddress relay, size_t relayBytes) {
  return from == 1 && to == 2 && bytes == 3 && relay == 4 && relayBytes == 5 ? ORB_SUCCESS : 43;
}
ORBresult orbOnlyBuffer(int value) { return value ? ORB_SUCCESS : 44; }
#else
ORBresult orbExchange(ORBaddress from, ORBaddress to, size_t bytes, ORBaddress *relay) {
  *relay = from + to + bytes;
  return ORB_SUCCESS;
}
#endif
