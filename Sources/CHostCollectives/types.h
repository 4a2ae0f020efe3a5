// Names and sizes of types and reductions.

#ifndef HCI_TYPES_H
#define HCI_TYPES_H

#include "host_collectives.h"

#pragma GCC visibility push(hidden)

bool hci_is_type(hc_type type);
/// What is not one of the fixed reductions is called "premul_sum".
const char *hci_op_name(hc_op op);

#pragma GCC visibility pop

#endif
