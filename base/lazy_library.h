// SPDX-License-Identifier: MIT
// Libraries of the system that only some programs need, opened when something first asks for them: a program that does not
// pays nothing for them. Whoever uses one keeps a list of its functions (a .def file) and gives their names here; the table of
// addresses is made once per process and stays.
#ifndef WEFT_BASE_LAZY_LIBRARY_H
#define WEFT_BASE_LAZY_LIBRARY_H

#include <stdatomic.h>

#include "base/base.h"

typedef void (*LibraryFunction)(void);
typedef enum LazyLibraryId {
  LIBRARY_CRYPTO,
  LIBRARY_Z,
  LIBRARY_BROTLI_ENCODER,
  LIBRARY_BROTLI_DECODER,
  LIBRARY_ZSTD,
  LIBRARY_CARES,
  LIBRARY_COUNT,
} LazyLibraryId;

typedef struct LazyLibrary {
  LazyLibraryId id;
  const char *file;  // as the dynamic linker finds it: "libz.so.1"
  const char *names; // each with a NUL behind it, and another at the end: text needs no relocations at the start of a program
  size_t size;       // of the table of functions
  void (*opened)(const LibraryFunction *functions); // once, before anybody else uses it; may be NULL
} LazyLibrary;

// The addresses in the order of the names. NULL: *error says why, in text that lives for ever. Any thread.
MUST_CHECK const LibraryFunction *lazy_library_open(const LazyLibrary *library, const char **error);

extern _Atomic(const LibraryFunction *) lazy_library_tables[LIBRARY_COUNT];
// Of a library that has been opened.
static inline const LibraryFunction *lazy_library_table(LazyLibraryId id) {
  return atomic_load_explicit(&lazy_library_tables[id], memory_order_acquire);
}

#endif
