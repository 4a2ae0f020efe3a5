// A queue of work.

#ifndef HCI_STREAM_H
#define HCI_STREAM_H

#include "worker.h"

#pragma GCC visibility push(hidden)

void hci_stream_submit(hc_stream *stream, Job *job);

/// Makes it what the next synchronize returns, with the thread's text, if it is the first.
void hci_stream_record(hc_stream *stream, hc_status status);

#pragma GCC visibility pop

#endif
