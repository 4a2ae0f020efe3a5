#define _GNU_SOURCE
#include "stream.h"

#include <pthread.h>
#include <stdio.h>
#include <stdlib.h>

#include "clock.h"
#include "error.h"

struct hc_stream {
  Worker *worker;
  pthread_mutex_t lock;
  // Under the lock.
  hc_status status;
  char text[HCI_TEXT_SIZE];
};

static hc_status refuse(const char *work) {
  return hci_fail(HC_INVALID_ARGUMENT, "%s: the stream is NULL", work);
}

hc_status hc_stream_create(hc_stream **stream) {
  if (stream == NULL) return refuse("stream_create");
  *stream = NULL;
  hc_stream *new = calloc(1, sizeof *new);
  if (new == NULL) return hci_fail(HC_SYSTEM_ERROR, "stream_create: out of memory");
  new->worker = hci_worker_create();
  if (new->worker == NULL) {
    free(new);
    return HC_SYSTEM_ERROR;
  }
  pthread_mutex_init(&new->lock, NULL);
  *stream = new;
  return HC_SUCCESS;
}

hc_status hc_stream_destroy(hc_stream *stream) {
  if (stream == NULL) return refuse("stream_destroy");
  hci_worker_free(stream->worker);
  pthread_mutex_destroy(&stream->lock);
  free(stream);
  return HC_SUCCESS;
}

hc_status hc_stream_synchronize(hc_stream *stream, int timeout) {
  if (stream == NULL) return refuse("stream_synchronize");
  int64_t deadline = timeout < 0 ? -1 : hci_now() + (int64_t)timeout * HCI_MILLISECOND;
  if (!hci_worker_drain(stream->worker, deadline)) {
    return hci_fail(
        HC_TIMEOUT, "stream_synchronize: the stream still has work after %d ms", timeout);
  }
  pthread_mutex_lock(&stream->lock);
  hc_status status = stream->status;
  if (status != HC_SUCCESS) hci_fail_again(status, stream->text);
  stream->status = HC_SUCCESS;
  pthread_mutex_unlock(&stream->lock);
  return status;
}

hc_status hc_stream_query(hc_stream *stream) {
  if (stream == NULL) return refuse("stream_query");
  return hci_worker_is_idle(stream->worker) ? HC_SUCCESS : HC_IN_PROGRESS;
}

void hci_stream_submit(hc_stream *stream, Job *job) { hci_worker_submit(stream->worker, job); }

void hci_stream_record(hc_stream *stream, hc_status status) {
  if (status == HC_SUCCESS) return;
  pthread_mutex_lock(&stream->lock);
  if (stream->status == HC_SUCCESS) {
    stream->status = status;
    snprintf(stream->text, sizeof stream->text, "%s", hc_last_error());
  }
  pthread_mutex_unlock(&stream->lock);
}
