#include "configuration.h"

#include <string.h>

static uint64_t bits(const void *structure, hx_field field) {
  uint64_t value = 0;
  // The low bytes come first on every machine that the layouts are for.
  memcpy(&value, (const char *)structure + field.offset, field.width);
  return value;
}

/// A field that the caller has set.
static bool isSet(const void *structure, hx_field field) {
  return field.width > 0 && bits(structure, field) != field.initial;
}

/// Later releases have added fields at the end: of the layouts that fit into the structure the
/// largest has all that is known of it.
static hc_status findLayout(
    const hx_vendor *vendor, const void *structure, const hx_layout **layout) {
  *layout = NULL;
  const hx_layout *smallest = vendor->layouts;
  size_t size = smallest->size.width > 0 ? bits(structure, smallest->size) : smallest->bytes;
  for (const hx_layout *known = smallest; known->bytes > 0; known++) {
    if (known->bytes <= size) *layout = known;
  }
  if (*layout == NULL) {
    return hx_refuse(
        "the configuration says that it has %zu bytes; it has %zu at least", size,
        smallest->bytes);
  }
  hx_field magic = (*layout)->magic;
  if (isSet(structure, magic)) {
    return hx_refuse("the configuration was not made with the header's initialiser");
  }
  return HC_SUCCESS;
}

hc_status hx_configuration(
    const hx_vendor *vendor, const hx_arguments *arguments, hc_config *storage,
    const hc_config **config) {
  *storage = HC_CONFIG_DEFAULT;
  *config = NULL;
  const void *structure = arguments->configuration;
  if (structure == NULL || vendor->layouts->bytes == 0) return HC_SUCCESS;
  const hx_layout *layout;
  HX_TRY(findLayout(vendor, structure, &layout));
  if (isSet(structure, layout->blocking)) {
    uint64_t blocking = bits(structure, layout->blocking);
    if (blocking > 1) return hx_refuse("blocking is %d; it is 0 or 1", (int)blocking);
    storage->blocking = (int)blocking;
  }
  if (isSet(structure, layout->commName)) {
    storage->name = (const char *)(uintptr_t)bits(structure, layout->commName);
  }
  *config = storage;
  return HC_SUCCESS;
}
