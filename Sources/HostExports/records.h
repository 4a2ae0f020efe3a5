// What the library has given out and must recognise when it comes back.

#ifndef HX_RECORDS_H
#define HX_RECORDS_H

#include <stdbool.h>

#pragma GCC visibility push(hidden)

/// Remembers something of an owner's, NULL for the process; returns the handle, NULL without memory.
void *hx_remember(const void *owner, const void *thing);

/// Forgets it; false if the owner has none with such a handle.
bool hx_forget_handle(const void *owner, const void *handle);

/// Forgets it; false if the owner has no such thing.
bool hx_forget_thing(const void *owner, const void *thing);

/// Forgets all that an owner has.
void hx_forget_all(const void *owner);

#pragma GCC visibility pop

#endif
