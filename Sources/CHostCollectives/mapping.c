#define _GNU_SOURCE
#include "mapping.h"

#include <pthread.h>
#include <stdlib.h>
#include <sys/mman.h>
#include <sys/stat.h>

typedef struct Mapping {
  struct Mapping *next;
  // Not given to another file as long as this one is mapped.
  dev_t device;
  ino_t file;
  void *base;
  size_t size;
  int users;
} Mapping;

static pthread_mutex_t lock = PTHREAD_MUTEX_INITIALIZER;
static Mapping *mappings;

static Mapping *find(const struct stat *status) {
  for (Mapping *mapping = mappings; mapping != NULL; mapping = mapping->next) {
    if (mapping->device == status->st_dev && mapping->file == status->st_ino) return mapping;
  }
  return NULL;
}

static Mapping *create(int descriptor, size_t size, const struct stat *status) {
  Mapping *mapping = malloc(sizeof *mapping);
  if (mapping == NULL) return NULL;
  void *base = mmap(NULL, size, PROT_READ | PROT_WRITE, MAP_SHARED, descriptor, 0);
  if (base == MAP_FAILED) {
    free(mapping);
    return NULL;
  }
  *mapping = (Mapping){mappings, status->st_dev, status->st_ino, base, size, 0};
  mappings = mapping;
  return mapping;
}

void *hci_map(int descriptor, size_t size) {
  struct stat status;
  if (fstat(descriptor, &status) != 0) return NULL;
  pthread_mutex_lock(&lock);
  Mapping *mapping = find(&status);
  if (mapping == NULL) mapping = create(descriptor, size, &status);
  if (mapping != NULL) mapping->users++;
  pthread_mutex_unlock(&lock);
  return mapping != NULL ? mapping->base : NULL;
}

void hci_unmap(void *base) {
  if (base == NULL) return;
  pthread_mutex_lock(&lock);
  for (Mapping **link = &mappings; *link != NULL; link = &(*link)->next) {
    Mapping *mapping = *link;
    if (mapping->base != base) continue;
    if (--mapping->users == 0) {
      *link = mapping->next;
      munmap(mapping->base, mapping->size);
      free(mapping);
    }
    break;
  }
  pthread_mutex_unlock(&lock);
}
