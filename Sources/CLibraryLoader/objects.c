#define _GNU_SOURCE
#include "CLibraryLoader.h"

#include <dlfcn.h>
#include <link.h>
#include <pthread.h>
#include <stdio.h>

#include "gate.h"

static pthread_mutex_t gate = PTHREAD_RECURSIVE_MUTEX_INITIALIZER_NP;

void CLibraryLoader_lockGate(void) { pthread_mutex_lock(&gate); }

void CLibraryLoader_unlockGate(void) { pthread_mutex_unlock(&gate); }

void CLibraryLoader_renewGate(void) {
  gate = (pthread_mutex_t)PTHREAD_RECURSIVE_MUTEX_INITIALIZER_NP;
}

void *CLibraryLoader_open(const char *path, char *message, size_t capacity) {
  CLibraryLoader_lockGate();
  void *handle = dlopen(path, RTLD_NOW | RTLD_LOCAL);
  CLibraryLoader_unlockGate();
  if (handle == NULL) {
    const char *words = dlerror();
    snprintf(message, capacity, "%s", words != NULL ? words : "dlopen gives no reason");
  }
  return handle;
}

bool CLibraryLoader_isLoaded(const char *path) {
  void *handle = CLibraryLoader_reference(path);
  if (handle != NULL) CLibraryLoader_release(handle);
  return handle != NULL;
}

static const struct link_map *mapOf(void *handle) {
  struct link_map *map = NULL;
  return dlinfo(handle, RTLD_DI_LINKMAP, &map) == 0 ? map : NULL;
}

static const struct link_map *ownerOf(const void *address) {
  Dl_info info;
  struct link_map *map = NULL;
  return dladdr1(address, &info, (void **)&map, RTLD_DL_LINKMAP) != 0 ? map : NULL;
}

// dlsym on a handle also searches the object's dependencies. A vendor's library may depend on a
// second vendor's that exports the same names, and a table filled from both would be wrong without
// a sign of it; so the object that owns the address is compared, strictly.
void *CLibraryLoader_symbol(void *handle, const char *name, void **foreign) {
  void *address = dlsym(handle, name);
  if (address == NULL) return NULL;
  const struct link_map *map = mapOf(handle);
  if (map != NULL && ownerOf(address) == map) return address;
  if (foreign != NULL) *foreign = address;
  return NULL;
}

const char *CLibraryLoader_objectName(void *handle) {
  const struct link_map *map = mapOf(handle);
  return map != NULL ? map->l_name : NULL;
}

const char *CLibraryLoader_ownerName(const void *address) {
  Dl_info info;
  return dladdr(address, &info) != 0 ? info.dli_fname : NULL;
}

bool CLibraryLoader_isGlobal(void *handle, const char *name) {
  const void *address = dlsym(RTLD_DEFAULT, name);
  const struct link_map *map = mapOf(handle);
  return address != NULL && map != NULL && ownerOf(address) == map;
}

struct visit {
  void (*body)(const char *name, void *context);
  void *context;
};

static int visitObject(struct dl_phdr_info *info, size_t size, void *data) {
  (void)size;
  const struct visit *visit = data;
  visit->body(info->dlpi_name != NULL ? info->dlpi_name : "", visit->context);
  return 0;
}

void CLibraryLoader_forEachObject(void (*body)(const char *name, void *context), void *context) {
  struct visit visit = {body, context};
  CLibraryLoader_lockGate();
  dl_iterate_phdr(visitObject, &visit);
  CLibraryLoader_unlockGate();
}

void *CLibraryLoader_reference(const char *name) {
  CLibraryLoader_lockGate();
  void *handle = dlopen(name, RTLD_NOW | RTLD_LOCAL | RTLD_NOLOAD);
  CLibraryLoader_unlockGate();
  if (handle == NULL) dlerror();  // Forget the words; they would turn up at the next failure.
  return handle;
}

void CLibraryLoader_release(void *handle) {
  CLibraryLoader_lockGate();
  dlclose(handle);
  CLibraryLoader_unlockGate();
}
