// What every host shim exports beside the vendor's functions. A program finds them with dlsym in the
// shim that it has loaded; a vendor's own library has none of them.
//
// Status numbers are those of hc_status in host_collectives.h: 0 success, 1 in progress, 6 timeout.

#ifndef HOST_FUNCTIONS_H
#define HOST_FUNCTIONS_H

/// What the library is: "bindgen-coll HostCollectives, a CPU stand-in for NCCL 2.32.3; …".
const char *hostCollectivesDescription(void);

/// Why the last call of the calling thread that failed did, also of the vendor's functions; valid
/// until the next that fails.
const char *hostCollectivesLastError(void);

/// A queue of work, to be given to the vendor's functions in the place of a device's stream. NULL in
/// its place: the call itself waits for the work.
int hostStreamCreate(void **stream);
/// Waits for the stream's work first.
int hostStreamDestroy(void *stream);
/// Waits for the work that is on the stream now; a negative limit is none. Returns the first error
/// of the stream's work since the last call.
int hostStreamSynchronize(void *stream, int milliseconds);
/// In progress while there is work.
int hostStreamQuery(void *stream);

#endif
