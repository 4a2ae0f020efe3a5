// What a thread has collected between the start and the end of a group, and how it is run.

#ifndef HCI_GROUP_H
#define HCI_GROUP_H

#include "birth.h"
#include "task.h"

#pragma GCC visibility push(hidden)

/// Runs the task, or keeps it for the end of the group. The task's reference to its communicator
/// and its memory are given away.
hc_status hci_issue_task(Task *task);

/// The same for a communicator that is to be.
hc_status hci_issue_birth(Birth *birth);

/// A call failed: if the thread is in a group, that will fail. Returns `status`.
hc_status hci_refuse(hc_status status);

/// Whether the thread's group has work for the communicator.
bool hci_group_uses(const hc_comm *comm);

/// Drops that work.
void hci_group_forget(const hc_comm *comm);

#pragma GCC visibility pop

#endif
