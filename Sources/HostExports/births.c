// How communicators come to be.

#include <string.h>

#include "configuration.h"

/// The vendor's id begins with the engine's.
static hc_unique_id engineID(const void *bytes) {
  hc_unique_id id;
  memcpy(&id, bytes, sizeof id);
  return id;
}

HX_OPERATION(getUniqueID) {
  if (arguments->result.address == NULL) return hx_refuse("there is no place for the id");
  hc_unique_id id;
  HX_TRY(hc_get_unique_id(&id));
  memset(arguments->result.address, 0, vendor->uniqueIDSize);
  memcpy(arguments->result.address, &id, sizeof id);
  return HC_SUCCESS;
}

static hc_status join(
    const hx_vendor *vendor, const hx_arguments *arguments, const void *uniqueID) {
  if (uniqueID == NULL) return hx_refuse("the unique id is NULL");
  hc_unique_id id = engineID(uniqueID);
  hc_config storage;
  const hc_config *config;
  int ranks, rank;
  HX_TRY(hx_configuration(vendor, arguments, &storage, &config));
  HX_TRY(hx_int(arguments->nRanks, "the number of ranks", &ranks));
  HX_TRY(hx_int(arguments->rank, "the rank", &rank));
  return hc_comm_init(arguments->result.address, ranks, &id, rank, config);
}

HX_OPERATION(commInitRank) { return join(vendor, arguments, arguments->uniqueID); }

HX_OPERATION(commInitRankConfig) { return join(vendor, arguments, arguments->uniqueID); }

HX_OPERATION(commInitRankScalable) {
  if (arguments->nUniqueIDs < 1 || arguments->nUniqueIDs > arguments->nRanks) {
    return hx_refuse(
        "%lld unique ids for %lld ranks", (long long)arguments->nUniqueIDs,
        (long long)arguments->nRanks);
  }
  return join(vendor, arguments, arguments->uniqueIDs);
}

HX_OPERATION(commInitAll) {
  (void)vendor;
  int ranks;
  HX_TRY(hx_int(arguments->nDevices, "the number of devices", &ranks));
  if (ranks < 1) return hx_refuse("the number of devices is %d", ranks);
  if (arguments->comms == NULL) return hx_refuse("there is no place for the communicators");
  hc_unique_id id;
  HX_TRY(hc_get_unique_id(&id));
  HX_TRY(hc_group_start());
  // A call that fails makes the end of the group fail, with the same error.
  for (int rank = 0; rank < ranks; rank++) {
    hc_comm_init((hc_comm **)&arguments->comms[rank], ranks, &id, rank, NULL);
  }
  return hc_group_end();
}

HX_OPERATION(commSplit) {
  hc_config storage;
  const hc_config *config;
  int color, key;
  HX_TRY(hx_configuration(vendor, arguments, &storage, &config));
  HX_TRY(hx_int(arguments->color, "the color", &color));
  HX_TRY(hx_int(arguments->key, "the key", &key));
  return hc_comm_split(arguments->comm, color, key, arguments->result.address, config);
}

HX_OPERATION(commShrink) {
  hc_config storage;
  const hc_config *config;
  int count;
  HX_TRY(hx_configuration(vendor, arguments, &storage, &config));
  HX_TRY(hx_int(arguments->nExcludedRanks, "the number of excluded ranks", &count));
  const hx_code *flag = hx_find(vendor->shrinkFlags, arguments->flags);
  if (flag == NULL && arguments->flags != 0) {
    return hx_refuse("there is no shrink flag %lld", (long long)arguments->flags);
  }
  bool aborts = flag != NULL && strcmp(flag->name, "abort") == 0;
  return hc_comm_shrink(
      arguments->comm, arguments->excludedRanks, count, aborts, arguments->result.address, config);
}
