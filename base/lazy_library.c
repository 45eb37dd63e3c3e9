// SPDX-License-Identifier: MIT
// Opening libraries on first use, see lazy_library.h. Tests: tests/node/crypto/, tests/node/zlib/.
#include "base/lazy_library.h"

#include <dlfcn.h>
#include <stdio.h>
#include <string.h>

#include "base/sync.h"

_Atomic(const LibraryFunction *) lazy_library_tables[LIBRARY_COUNT];
static Mutex opening = MUTEX_INIT;
static const char *failures[LIBRARY_COUNT]; // what failed once fails for ever

static const char *keep_text(const char *text) {
  size_t size = strlen(text) + 1;
  return memcpy(base_alloc(size), text, size);
}

static const LibraryFunction *open_library(const LazyLibrary *library) {
  void *handle = dlopen(library->file, RTLD_NOW | RTLD_LOCAL);
  if (!handle) {
    const char *why = dlerror();
    failures[library->id] = keep_text(why ? why : library->file);
    return NULL;
  }
  size_t count = 0;
  for (const char *name = library->names; *name; name += strlen(name) + 1) count++;
  CHECK(library->size == count * sizeof(LibraryFunction));
  LibraryFunction *table = base_alloc(count * sizeof *table);
  const char *name = library->names;
  for (size_t i = 0; i < count; i++, name += strlen(name) + 1) {
    void *address = dlsym(handle, name);
    if (!address) {
      char text[256];
      (void)snprintf(text, sizeof text, "%s: undefined symbol: %s", library->file, name);
      failures[library->id] = keep_text(text);
      base_free(table);
      (void)dlclose(handle);
      return NULL;
    }
    memcpy(&table[i], &address, sizeof address);
  }
  if (library->opened) library->opened(table);
  return table;
}

const LibraryFunction *lazy_library_open(const LazyLibrary *library, const char **error) {
  const LibraryFunction *table = lazy_library_table(library->id);
  if (LIKELY(table != NULL)) return table;
  mutex_lock(&opening);
  table = lazy_library_table(library->id);
  if (!table && !failures[library->id]) {
    table = open_library(library);
    if (table) atomic_store_explicit(&lazy_library_tables[library->id], table, memory_order_release);
  }
  *error = failures[library->id];
  mutex_unlock(&opening);
  return table;
}
