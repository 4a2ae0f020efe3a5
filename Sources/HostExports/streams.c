// Streams for programs that have no device, and why a call failed.

#include "host_exports.h"
#include "host_functions.h"

HX_EXPORT int hostStreamCreate(void **stream) { return (int)hc_stream_create((hc_stream **)stream); }

HX_EXPORT int hostStreamDestroy(void *stream) { return (int)hc_stream_destroy(stream); }

HX_EXPORT int hostStreamSynchronize(void *stream, int milliseconds) {
  return (int)hc_stream_synchronize(stream, milliseconds);
}

HX_EXPORT int hostStreamQuery(void *stream) { return (int)hc_stream_query(stream); }

HX_EXPORT const char *hostCollectivesLastError(void) { return hc_last_error(); }
