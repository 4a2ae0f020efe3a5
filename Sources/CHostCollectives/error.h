// Status and text of what went wrong, for the thread that called.

#ifndef HCI_ERROR_H
#define HCI_ERROR_H

#include "host_collectives.h"

#pragma GCC visibility push(hidden)

enum { HCI_TEXT_SIZE = 512 };

/// Sets the thread's text, and returns `status`.
__attribute__((format(printf, 2, 3))) hc_status hci_fail(
    hc_status status, const char *format, ...);

/// The same with errno's words behind the text, for a system call that failed with `error`.
__attribute__((format(printf, 2, 3))) hc_status hci_fail_system(
    int error, const char *format, ...);

/// The same with a text that was written earlier, or elsewhere.
hc_status hci_fail_again(hc_status status, const char *text);

/// Appends to a text of HCI_TEXT_SIZE bytes; what does not fit is cut.
__attribute__((format(printf, 2, 3))) void hci_append(char *text, const char *format, ...);

#pragma GCC visibility pop

#endif
