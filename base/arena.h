// SPDX-License-Identifier: MIT
// A bump allocator in native memory: everything in it is freed at once. Used by parser and compiler for trees.
#ifndef WEFT_BASE_ARENA_H
#define WEFT_BASE_ARENA_H

#include "base/base.h"

typedef struct ArenaChunk ArenaChunk;
typedef struct Arena {
  char *next, *end;
  ArenaChunk *chunks;
  size_t total; // bytes asked from the system, for limits and statistics
} Arena;

void arena_init(Arena *arena);
void arena_free(Arena *arena);

// 8-byte aligned, zeroed memory that lives until arena_free. Aborts when memory is gone.
MUST_CHECK void *arena_alloc_slow(Arena *arena, size_t size);
MUST_CHECK static inline void *arena_alloc(Arena *arena, size_t size) {
  size = ALIGN_UP(size, (size_t)8);
  if (LIKELY((size_t)(arena->end - arena->next) >= size)) {
    void *p = arena->next;
    arena->next += size;
    return p; // chunks come zeroed
  }
  return arena_alloc_slow(arena, size);
}
#define ARENA_NEW(arena, T) ((T *)arena_alloc(arena, sizeof(T)))
#define ARENA_ARRAY(arena, T, n) ((T *)arena_alloc(arena, sizeof(T) * (size_t)(n)))

#endif
