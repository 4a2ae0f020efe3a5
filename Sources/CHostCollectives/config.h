// What a configuration and the environment say.

#ifndef HCI_CONFIG_H
#define HCI_CONFIG_H

#include "host_collectives.h"

#pragma GCC visibility push(hidden)

hc_status hci_check_config(const hc_config *config, const char *work);

/// The limit of a wait, in nanoseconds.
int64_t hci_timeout(const hc_config *config);

#pragma GCC visibility pop

#endif
