// Collective communication between processes and threads of one machine, on its CPUs, over shared
// memory. It is for development and tests: the results are real, the speed is a laptop's.
//
// Every function may be called from any thread. The ranks of a communicator may be threads of one
// process, processes, or both. Nothing waits without a limit: a rank that dies, leaves or never
// comes ends the work of the others with an error that names it. Nothing is printed, no signal
// handler is installed, no exit handler is registered. In a child process that was forked without
// exec communicators cannot be used, and as long as it lives its parent's ranks count as alive.
//
// Environment: HOST_COLLECTIVES_TIMEOUT_MS, the limit of a wait where the configuration sets none
// (60000); HOST_COLLECTIVES_DEBUG=1 prints errors to standard error as they happen.

#ifndef HOST_COLLECTIVES_H
#define HOST_COLLECTIVES_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/// A shared library that has the engine in it exports names of its own, not these.
#ifndef HC_API
#define HC_API __attribute__((visibility("hidden")))
#endif

#ifdef __cplusplus
extern "C" {
#endif

// --- Errors (error.c) ---

typedef enum hc_status {
  HC_SUCCESS = 0,
  /// The work goes on; `hc_comm_async_error` or `hc_stream_query` tells when it is done.
  HC_IN_PROGRESS = 1,
  /// A pointer, count, type, root or handle that no call could accept.
  HC_INVALID_ARGUMENT = 2,
  /// Calls that do not fit together: ranks that disagree, an id used twice, a call too early.
  HC_INVALID_USAGE = 3,
  /// The operating system refused something; the text has its words.
  HC_SYSTEM_ERROR = 4,
  /// Another rank died, left, aborted or revoked.
  HC_REMOTE_ERROR = 5,
  /// A rank did not come within the communicator's time limit.
  HC_TIMEOUT = 6,
  /// A defect of this library.
  HC_INTERNAL = 7,
} hc_status;

/// A few words for a status; never NULL.
HC_API const char *hc_status_text(hc_status status);

/// What the last failed call of this thread has to say: the operation, ranks, counts. Valid until
/// the thread's next failure; empty if there was none.
HC_API const char *hc_last_error(void);

// --- Types and reductions (types.c) ---

typedef enum hc_type {
  HC_INT8 = 0,
  HC_UINT8 = 1,
  HC_INT32 = 2,
  HC_UINT32 = 3,
  HC_INT64 = 4,
  HC_UINT64 = 5,
  HC_FLOAT16 = 6,
  HC_FLOAT32 = 7,
  HC_FLOAT64 = 8,
  HC_BFLOAT16 = 9,
  /// OCP E4M3FN: no infinities, largest value 448. Larger ones and infinities become +-448.
  HC_FLOAT8E4M3 = 10,
  /// OCP E5M2: as float16 with two bits of fraction. Larger ones than 57344 become infinities.
  HC_FLOAT8E5M2 = 11,
} hc_type;

enum { HC_TYPE_COUNT = 12 };

/// The bytes of an element; 0 if there is no such type.
HC_API size_t hc_type_size(hc_type type);
HC_API const char *hc_type_name(hc_type type);

/// Elements are combined in rank order, ((r0 o r1) o r2) o ..., and every rank gets the same bits.
///
/// - Sums and products of integers wrap around. Float64 is computed in float64, float32 in float32,
///   rounded after each step; 16- and 8-bit floats are computed in float32 and rounded to nearest,
///   ties to even, once at the end.
/// - HC_AVG divides the sum by the number of ranks. Of integers the sum is exact (it has more bits
///   than the elements) and the quotient is truncated toward zero.
/// - HC_MAX and HC_MIN take the number where one operand is NaN, the lower rank's where both are
///   equal, as -0 and +0 are.
typedef int hc_op;

enum {
  HC_SUM = 0,
  HC_PROD = 1,
  HC_MAX = 2,
  HC_MIN = 3,
  HC_AVG = 4,
  /// `hc_op_create_premul_sum` makes values from here on.
  HC_FIRST_CREATED_OP = 16,
};

/// Elements of a float type to float32, exactly, and back, rounded to nearest, ties to even.
/// Returns false for a type that is not one of float16, bfloat16 and the float8s.
HC_API bool hc_widen(hc_type type, const void *source, float *destination, size_t count);
HC_API bool hc_narrow(hc_type type, const float *source, void *destination, size_t count);

// --- Identifiers (unique_id.c) ---

/// Names a communicator that is to be. One rank makes it, and sends it to the others. It serves
/// once: a rank that joins with it again is refused, or finds nobody and gives up at its time
/// limit.
typedef struct hc_unique_id {
  unsigned char bytes[128];
} hc_unique_id;

HC_API hc_status hc_get_unique_id(hc_unique_id *id);

// --- Communicators (comm.c, children.c) ---

/// A rank's end of a communicator. The functions recognise handles that are not, or no longer,
/// alive, and refuse them.
typedef struct hc_comm hc_comm;

typedef struct hc_config {
  /// 0: calls on the communicator return before their work is done, with HC_IN_PROGRESS.
  int blocking;
  /// The limit of each wait for another rank, in milliseconds; 0: the environment's or the default.
  int timeout_ms;
  /// Shared memory of a rank for one step of a collective; 0: 256 KiB. Ranks must agree.
  size_t chunk_bytes;
  /// For messages; NULL: none.
  const char *name;
} hc_config;

/// The configuration of a NULL pointer: blocking, defaults for the rest.
#define HC_CONFIG_DEFAULT ((hc_config){1, 0, 0, NULL})

/// The number of ranks is bounded only by what the machine can bear.
enum { HC_MAX_RANKS = 1024 };

/// Joins the communicator that `id` names, as `rank` of `nranks`; returns when all have come.
///
/// A thread that joins for several ranks does so within a group; `*comm` is set at once, and reset
/// to NULL at the end of the group if it fails. With `config->blocking` 0, `*comm` is set, the
/// rest is in progress, and the handle must be aborted if that fails.
HC_API hc_status hc_comm_init(
    hc_comm **comm, int nranks, const hc_unique_id *id, int rank, const hc_config *config);

/// Waits for the communicator's outstanding work. Afterwards it can only be destroyed.
HC_API hc_status hc_comm_finalize(hc_comm *comm);

/// Waits for the communicator's outstanding work, and frees it. Ranks need not do so together.
HC_API hc_status hc_comm_destroy(hc_comm *comm);

/// Ends the communicator's work, on all ranks, with HC_REMOTE_ERROR, and frees it. May be called
/// while another thread waits in a call on it: that call returns the error.
HC_API hc_status hc_comm_abort(hc_comm *comm);

/// Ends the communicator's work, on all ranks, with HC_REMOTE_ERROR. What is left can be split,
/// shrunk, destroyed and aborted.
HC_API hc_status hc_comm_revoke(hc_comm *comm);

/// A negative color, for `hc_comm_split`: this rank joins no part.
enum { HC_SPLIT_NO_COLOR = -1 };

/// All ranks of `comm` call it; those of one color form a communicator, ranked by key, then by
/// their rank in `comm`. With HC_SPLIT_NO_COLOR `*part` becomes NULL. A NULL configuration: the
/// parent's.
HC_API hc_status
hc_comm_split(hc_comm *comm, int color, int key, hc_comm **part, const hc_config *config);

/// The ranks that are not `excluded` call it, with the same list, and form a communicator in the
/// same order. Needs nothing of the excluded ones, and works after an error or a revocation.
/// `abort`: ends the outstanding work of `comm` first, as `hc_comm_revoke`.
HC_API hc_status hc_comm_shrink(
    hc_comm *comm, const int *excluded, int excluded_count, bool abort, hc_comm **rest,
    const hc_config *config);

HC_API hc_status hc_comm_count(hc_comm *comm, int *count);
HC_API hc_status hc_comm_rank(hc_comm *comm, int *rank);

/// The first error of the communicator's work; else HC_IN_PROGRESS while a non-blocking one is at
/// work. Never waits. Also makes the error's text that of `hc_last_error`.
HC_API hc_status hc_comm_async_error(hc_comm *comm, hc_status *status);

/// Copies the text of the communicator's first error, cut to `capacity` with its NUL.
HC_API hc_status hc_comm_last_error(hc_comm *comm, char *text, size_t capacity);

/// A sum of elements that are each multiplied first, with `*scalar` of the rank whose elements they
/// are, which has the type `type`. Ranks may have scalars of their own; each must reduce with such
/// an op where the others do.
///
/// The product is rounded to `type`, and then summed as in HC_SUM. Those of integers wrap around;
/// those of 16- and 8-bit floats are computed in float32, and rounded to nearest, ties to even,
/// once.
///
/// `keep_address`: the scalar is not read now, but by the work of each call with the op, and must
/// be there, and stay as it is, until that is done.
HC_API hc_status hc_op_create_premul_sum(
    hc_op *op, const void *scalar, hc_type type, bool keep_address, hc_comm *comm);
HC_API hc_status hc_op_destroy(hc_op op, hc_comm *comm);

// --- Streams (stream.c) ---

/// A queue of work with a thread of its own. NULL in its place: the call itself waits for the work,
/// or, on a non-blocking communicator, `hc_comm_async_error` tells of it.
///
/// Work on a communicator is done in the order of the calls, whatever their streams. What fails on
/// a stream is an error of the communicator, and what `hc_stream_synchronize` returns.
typedef struct hc_stream hc_stream;

HC_API hc_status hc_stream_create(hc_stream **stream);
/// Waits for the stream's work first.
HC_API hc_status hc_stream_destroy(hc_stream *stream);
/// Waits for the work that is on the stream now. Returns its first error since the last call, or
/// HC_TIMEOUT after `timeout_ms` (negative: no limit of its own; the work has its own).
HC_API hc_status hc_stream_synchronize(hc_stream *stream, int timeout_ms);
/// HC_IN_PROGRESS while there is work.
HC_API hc_status hc_stream_query(hc_stream *stream);

// --- Groups (group.c) ---

/// Calls between start and end are collected by the thread, and run by the outermost end: those of
/// different communicators at the same time, those of one communicator in order, all sends and
/// receives of one communicator together, after its collectives.
///
/// If a call in the group fails, the end runs nothing, and returns the first error. A thread must
/// not end within a group: what it has collected would be lost.
HC_API hc_status hc_group_start(void);
HC_API hc_status hc_group_end(void);

/// For what is built on the engine: a call fails before it gets here. Sets the thread's text, and
/// counts as a failed call of the thread's group. Returns `status`.
HC_API hc_status hc_refuse(hc_status status, const char *text);

// --- Collectives (collectives.c) ---

// Counts and displacements are in elements. A count of 0 is allowed; then buffers may be NULL.
//
// In place means: for all_reduce, reduce, broadcast, all_to_all and all_to_all_v the same pointer
// (for all_to_all_v with the same counts and displacements); for all_gather and gather that
// `send` is the rank's own block of `receive`; for reduce_scatter and scatter that `receive` is its
// own block of `send`. Other overlaps are not allowed.
//
// Ranks compare what they call: operation, count, type, reduction, root. If they differ, each gets
// HC_INVALID_USAGE with the ranks and the values, nothing is written, and the communicator goes on.

HC_API hc_status hc_all_reduce(
    const void *send, void *receive, size_t count, hc_type type, hc_op op, hc_comm *comm,
    hc_stream *stream);

/// Only the root's `receive` is written; elsewhere it may be NULL.
HC_API hc_status hc_reduce(
    const void *send, void *receive, size_t count, hc_type type, hc_op op, int root, hc_comm *comm,
    hc_stream *stream);

/// Only the root's `send` is read; elsewhere it may be NULL.
HC_API hc_status hc_broadcast(
    const void *send, void *receive, size_t count, hc_type type, int root, hc_comm *comm,
    hc_stream *stream);

/// `receive` has `count` elements of each rank.
HC_API hc_status hc_all_gather(
    const void *send, void *receive, size_t count, hc_type type, hc_comm *comm, hc_stream *stream);

/// `send` has `count` elements for each rank.
HC_API hc_status hc_reduce_scatter(
    const void *send, void *receive, size_t count, hc_type type, hc_op op, hc_comm *comm,
    hc_stream *stream);

/// `send` and `receive` have `count` elements for and of each rank.
HC_API hc_status hc_all_to_all(
    const void *send, void *receive, size_t count, hc_type type, hc_comm *comm, hc_stream *stream);

HC_API hc_status hc_gather(
    const void *send, void *receive, size_t count, hc_type type, int root, hc_comm *comm,
    hc_stream *stream);

HC_API hc_status hc_scatter(
    const void *send, void *receive, size_t count, hc_type type, int root, hc_comm *comm,
    hc_stream *stream);

// The arrays of the following have an entry for each rank, and are copied by the call. NULL in
// place of displacements: one block after the other.

/// What a rank sends to another must be what that expects, and all ranks are told if it is not.
HC_API hc_status hc_all_to_all_v(
    const void *send, const size_t *send_counts, const size_t *send_displacements, void *receive,
    const size_t *receive_counts, const size_t *receive_displacements, hc_type type, hc_comm *comm,
    hc_stream *stream);

/// Rank r sends `counts[r]` elements, which must be `send_count` there.
HC_API hc_status hc_all_gather_v(
    const void *send, size_t send_count, void *receive, const size_t *counts,
    const size_t *displacements, hc_type type, hc_comm *comm, hc_stream *stream);

/// Rank r receives the reduction of the `counts[r]` elements at `displacements[r]` of each `send`.
HC_API hc_status hc_reduce_scatter_v(
    const void *send, void *receive, const size_t *counts, const size_t *displacements,
    hc_type type, hc_op op, hc_comm *comm, hc_stream *stream);

// --- Point to point (p2p.c) ---

// Sends and receives between two ranks match in order. Those of a group make progress together, so
// that any pattern of exchange is possible, also with oneself. Without a group a send may return
// before its receive, or wait for it. Different counts or types end the communicator's work.

HC_API hc_status hc_send(
    const void *send, size_t count, hc_type type, int peer, hc_comm *comm, hc_stream *stream);
HC_API hc_status hc_receive(
    void *receive, size_t count, hc_type type, int peer, hc_comm *comm, hc_stream *stream);

#ifdef __cplusplus
}
#endif

#endif
