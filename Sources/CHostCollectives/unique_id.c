#define _GNU_SOURCE
#include "unique_id.h"

#include <errno.h>
#include <stdio.h>
#include <string.h>
#include <sys/random.h>

#include "error.h"

typedef struct Fields {
  char magic[8];
  unsigned char random[16];
  uint64_t check;
  unsigned char zeros[96];
} Fields;

_Static_assert(sizeof(Fields) == sizeof(hc_unique_id), "an id has 128 bytes");

static const char magic[] = "hostcol1";

uint64_t hci_hash(uint64_t seed, const void *bytes, size_t count) {
  const unsigned char *byte = bytes;
  uint64_t hash = 0xcbf29ce484222325u ^ (seed * 0x9e3779b97f4a7c15u);
  for (size_t i = 0; i < count; i++) hash = (hash ^ byte[i]) * 0x100000001b3u;
  hash = (hash ^ (hash >> 33)) * 0xff51afd7ed558ccdu;
  hash = (hash ^ (hash >> 33)) * 0xc4ceb9fe1a85ec53u;
  return hash ^ (hash >> 33);
}

static void seal(Fields *fields, hc_unique_id *id) {
  memcpy(fields->magic, magic, sizeof fields->magic);
  fields->check = hci_hash(1, fields->random, sizeof fields->random);
  memcpy(id, fields, sizeof *id);
}

hc_status hc_get_unique_id(hc_unique_id *id) {
  if (id == NULL) return hci_fail(HC_INVALID_ARGUMENT, "get_unique_id: the id is NULL");
  Fields fields;
  memset(&fields, 0, sizeof fields);
  ssize_t got;
  do got = getrandom(fields.random, sizeof fields.random, 0);
  while (got < 0 && errno == EINTR);
  if (got != (ssize_t)sizeof fields.random) {
    return hci_fail_system(errno, "get_unique_id: getrandom");
  }
  seal(&fields, id);
  return HC_SUCCESS;
}

hc_status hci_check_id(const hc_unique_id *id) {
  static const unsigned char zeros[sizeof(hc_unique_id)];
  Fields fields;
  memcpy(&fields, id, sizeof fields);
  if (memcmp(fields.magic, magic, sizeof fields.magic) != 0) {
    bool isZero = memcmp(id, zeros, sizeof *id) == 0;
    return hci_fail(
        HC_INVALID_ARGUMENT, "comm_init: %s",
        isZero ? "the unique id is all zeros; it must come from the rank that made it"
               : "the unique id is not one of the host collectives; another library made it");
  }
  if (fields.check != hci_hash(1, fields.random, sizeof fields.random) ||
      memcmp(fields.zeros, zeros, sizeof fields.zeros) != 0) {
    return hci_fail(
        HC_INVALID_ARGUMENT,
        "comm_init: the unique id was changed on its way from the rank that made it");
  }
  return HC_SUCCESS;
}

void hci_derive_id(
    const hc_unique_id *parent, char kind, uint64_t number, uint64_t part, hc_unique_id *id) {
  Fields fields;
  memcpy(&fields, parent, sizeof fields);
  struct {
    unsigned char random[16];
    uint64_t kind, number, part;
  } source = {.kind = (unsigned char)kind, .number = number, .part = part};
  memcpy(source.random, fields.random, sizeof source.random);
  memset(&fields, 0, sizeof fields);
  uint64_t halves[2] = {
      hci_hash(2, &source, sizeof source),
      hci_hash(3, &source, sizeof source),
  };
  memcpy(fields.random, halves, sizeof halves);
  seal(&fields, id);
}

bool hci_same_id(const hc_unique_id *a, const hc_unique_id *b) {
  return memcmp(a, b, sizeof *a) == 0;
}

void hci_id_text(const hc_unique_id *id, char text[33]) {
  Fields fields;
  memcpy(&fields, id, sizeof fields);
  for (int i = 0; i < 16; i++) snprintf(text + 2 * i, 3, "%02x", fields.random[i]);
}
