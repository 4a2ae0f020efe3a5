// Where several streams have work of one batch: it begins when all of them have come to it, and
// they go on when it is done.

#ifndef HCI_GATE_H
#define HCI_GATE_H

#pragma GCC visibility push(hidden)

typedef struct Gate Gate;

/// With one reference for the batch. NULL without memory.
Gate *hci_gate_create(void);
/// One more stream will pass it; it gets a reference.
void hci_gate_expect(Gate *gate);
/// Gives a reference back.
void hci_gate_release(Gate *gate);

/// The batch's side.
void hci_gate_await_arrivals(Gate *gate);
void hci_gate_open(Gate *gate);

/// A stream's side: arrives, and waits until the batch is done.
void hci_gate_pass(Gate *gate);

#pragma GCC visibility pop

#endif
