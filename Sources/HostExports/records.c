#include "records.h"

#include <pthread.h>
#include <stdlib.h>

typedef struct Record {
  struct Record *next;
  const void *owner;
  const void *thing;
} Record;

static pthread_mutex_t lock = PTHREAD_MUTEX_INITIALIZER;
// Under the lock. Programs register few things, and seldom.
static Record *first;

void *hx_remember(const void *owner, const void *thing) {
  Record *record = malloc(sizeof *record);
  if (record == NULL) return NULL;
  pthread_mutex_lock(&lock);
  *record = (Record){first, owner, thing};
  first = record;
  pthread_mutex_unlock(&lock);
  return record;
}

typedef bool Test(const Record *record, const void *sought);

static bool hasHandle(const Record *record, const void *handle) { return record == handle; }
static bool hasThing(const Record *record, const void *thing) { return record->thing == thing; }
static bool isAny(const Record *record, const void *nothing) {
  (void)record;
  (void)nothing;
  return true;
}

/// Removes the first of an owner's that passes the test.
static bool removeFirst(const void *owner, Test *test, const void *sought) {
  pthread_mutex_lock(&lock);
  Record **place = &first;
  while (*place != NULL && !((*place)->owner == owner && test(*place, sought))) {
    place = &(*place)->next;
  }
  Record *record = *place;
  if (record != NULL) *place = record->next;
  pthread_mutex_unlock(&lock);
  free(record);
  return record != NULL;
}

bool hx_forget_handle(const void *owner, const void *handle) {
  return removeFirst(owner, hasHandle, handle);
}

bool hx_forget_thing(const void *owner, const void *thing) {
  return removeFirst(owner, hasThing, thing);
}

void hx_forget_all(const void *owner) {
  // The process's own memory outlives every communicator.
  while (owner != NULL && removeFirst(owner, isAny, NULL)) continue;
}
