// What is put into a stream.

#include "call.h"

/// Counts, types and handles that most operations take.
typedef struct Work {
  size_t count;
  hc_type type;
  hc_op op;
  int root;
  hc_comm *comm;
  hc_stream *stream;
} Work;

static hc_status plainWork(
    const hx_vendor *vendor, const hx_arguments *arguments, Work *work) {
  *work = (Work){.comm = arguments->comm, .stream = arguments->stream};
  HX_TRY(hx_count(arguments->count, "the count", &work->count));
  return hx_type(vendor, arguments, &work->type);
}

static hc_status reduction(
    const hx_vendor *vendor, const hx_arguments *arguments, Work *work) {
  HX_TRY(plainWork(vendor, arguments, work));
  return hx_op(vendor, arguments, &work->op);
}

static hc_status rootedWork(
    const hx_vendor *vendor, const hx_arguments *arguments, Work *work) {
  HX_TRY(plainWork(vendor, arguments, work));
  return hx_int(arguments->root, "the root", &work->root);
}

HX_OPERATION(allReduce) {
  Work work;
  HX_TRY(reduction(vendor, arguments, &work));
  return hc_all_reduce(
      arguments->sendBuffer, arguments->recvBuffer, work.count, work.type, work.op, work.comm,
      work.stream);
}

HX_OPERATION(reduce) {
  Work work;
  HX_TRY(reduction(vendor, arguments, &work));
  HX_TRY(hx_int(arguments->root, "the root", &work.root));
  return hc_reduce(
      arguments->sendBuffer, arguments->recvBuffer, work.count, work.type, work.op, work.root,
      work.comm, work.stream);
}

HX_OPERATION(reduceScatter) {
  Work work;
  HX_TRY(reduction(vendor, arguments, &work));
  return hc_reduce_scatter(
      arguments->sendBuffer, arguments->recvBuffer, work.count, work.type, work.op, work.comm,
      work.stream);
}

HX_OPERATION(broadcast) {
  Work work;
  HX_TRY(rootedWork(vendor, arguments, &work));
  return hc_broadcast(
      arguments->sendBuffer, arguments->recvBuffer, work.count, work.type, work.root, work.comm,
      work.stream);
}

HX_OPERATION(allGather) {
  Work work;
  HX_TRY(plainWork(vendor, arguments, &work));
  return hc_all_gather(
      arguments->sendBuffer, arguments->recvBuffer, work.count, work.type, work.comm, work.stream);
}

HX_OPERATION(allToAll) {
  Work work;
  HX_TRY(plainWork(vendor, arguments, &work));
  return hc_all_to_all(
      arguments->sendBuffer, arguments->recvBuffer, work.count, work.type, work.comm, work.stream);
}

HX_OPERATION(gather) {
  Work work;
  HX_TRY(rootedWork(vendor, arguments, &work));
  return hc_gather(
      arguments->sendBuffer, arguments->recvBuffer, work.count, work.type, work.root, work.comm,
      work.stream);
}

HX_OPERATION(scatter) {
  Work work;
  HX_TRY(rootedWork(vendor, arguments, &work));
  return hc_scatter(
      arguments->sendBuffer, arguments->recvBuffer, work.count, work.type, work.root, work.comm,
      work.stream);
}

HX_OPERATION(send) {
  Work work;
  int peer;
  HX_TRY(plainWork(vendor, arguments, &work));
  HX_TRY(hx_int(arguments->peer, "the peer", &peer));
  return hc_send(arguments->sendBuffer, work.count, work.type, peer, work.comm, work.stream);
}

HX_OPERATION(recv) {
  Work work;
  int peer;
  HX_TRY(plainWork(vendor, arguments, &work));
  HX_TRY(hx_int(arguments->peer, "the peer", &peer));
  return hc_receive(arguments->recvBuffer, work.count, work.type, peer, work.comm, work.stream);
}
