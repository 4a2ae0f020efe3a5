#ifndef HX_CONFIGURATION_H
#define HX_CONFIGURATION_H

#include "call.h"

#pragma GCC visibility push(hidden)

/// What the vendor's configuration says that matters to the engine, in `storage`; the rest concerns
/// devices and networks. `*config` becomes NULL where the caller gave none.
hc_status hx_configuration(
    const hx_vendor *vendor, const hx_arguments *arguments, hc_config *storage,
    const hc_config **config);

#pragma GCC visibility pop

#endif
