// SPDX-License-Identifier: MIT
// Native memory: the only callers of malloc outside gc/. Out of memory here is fatal by design, see base.h;
// what is kept for that moment (base_keep_reserve) makes that large requests, which may fail, fail before.
#if defined(__linux__)
#include <malloc.h>
#endif

#include <pthread.h>
#include <stdatomic.h>
#include <string.h>
#include <sys/mman.h>
#include <time.h>

#include "base/arena.h"
#include "base/base.h"
#include "base/vec.h"

NORETURN COLD void base_panic(const char *file, int line, const char *message) {
  fprintf(stderr, "weft: %s:%d: %s\n", file, line, message);
  abort();
}

static NORETURN COLD void out_of_memory(void) {
  fputs("weft: fatal: out of memory\n", stderr);
  abort();
}

enum { RESERVE = 16 << 20, LAST_RESORTS = 30 };
static _Atomic(void *) reserve; // a mapping that nobody may touch; NULL: spent

bool base_keep_reserve(void) {
  if (atomic_load_explicit(&reserve, memory_order_relaxed)) return true;
  void *p = mmap(NULL, RESERVE, PROT_NONE, MAP_PRIVATE | MAP_ANONYMOUS | MAP_NORESERVE, -1, 0), *none = NULL;
  if (p == MAP_FAILED) return false;
  if (!atomic_compare_exchange_strong(&reserve, &none, p)) munmap(p, RESERVE);
  return true;
}

static void spend_reserve(void) {
  void *p = atomic_exchange(&reserve, NULL);
  if (p) munmap(p, RESERVE);
}

// One thread at a time: who fails while another spends the reserve must find it spent and there, not gone. Then others are given time to end,
// since what fills a process with isolates is mostly those that are about to fail themselves.
static COLD void *realloc_of_last_resort(void *ptr, size_t size) {
  static pthread_mutex_t lock = PTHREAD_MUTEX_INITIALIZER;
  void *p = NULL;
  for (int i = 0; !p && i < LAST_RESORTS; i++) {
    if (i > 0) nanosleep(&(struct timespec){.tv_nsec = 10 * 1000 * 1000}, NULL);
    pthread_mutex_lock(&lock);
    if (!(p = realloc(ptr, size))) {
      spend_reserve();
      p = realloc(ptr, size);
    }
    pthread_mutex_unlock(&lock);
  }
  if (!p) out_of_memory();
  return p;
}

void base_trim(void) {
#if defined(__GLIBC__)
  malloc_trim(0);
#endif
}

static bool is_much(size_t size) { return size >= 64 * 1024; }

void *base_try_alloc(size_t size) { return is_much(size) && !base_keep_reserve() ? NULL : malloc(size ? size : 1); }

void *base_try_alloc_zeroed(size_t size) { return is_much(size) && !base_keep_reserve() ? NULL : calloc(1, size ? size : 1); }

void *base_alloc(size_t size) {
  void *p = malloc(size ? size : 1);
  return LIKELY(p) ? p : realloc_of_last_resort(NULL, size ? size : 1);
}

void *base_alloc_zeroed(size_t size) {
  void *p = calloc(1, size ? size : 1);
  return LIKELY(p) ? p : memset(realloc_of_last_resort(NULL, size ? size : 1), 0, size);
}

void *base_realloc(void *ptr, size_t size) {
  void *p = realloc(ptr, size ? size : 1);
  return LIKELY(p) ? p : realloc_of_last_resort(ptr, size ? size : 1);
}

void *base_try_realloc(void *ptr, size_t size) { return realloc(ptr, size ? size : 1); }

void base_free(void *ptr) { free(ptr); }

void vec_grow_(void **data, u32 *cap, u32 need, size_t size) {
  u64 grown = (u64)*cap + *cap / 2 + 8;
  if (grown < need) grown = need;
  CHECK(grown <= UINT32_MAX);
  *data = base_realloc(*data, (size_t)grown * size);
  *cap = (u32)grown;
}

void vec_extend_(void **data, u32 *len, u32 *cap, u32 n, size_t size) {
  CHECK((u64)*len + n <= UINT32_MAX);
  if (*cap - *len < n) vec_grow_(data, cap, *len + n, size);
  *len += n;
}

struct ArenaChunk {
  ArenaChunk *next;
};

enum { ARENA_CHUNK_MIN = 16 * 1024, ARENA_CHUNK_MAX = 1024 * 1024 };

void arena_init(Arena *arena) { *arena = (Arena){0}; }

void arena_free(Arena *arena) {
  for (ArenaChunk *chunk = arena->chunks, *next; chunk; chunk = next) {
    next = chunk->next;
    base_free(chunk);
  }
  arena_init(arena);
}

void *arena_alloc_slow(Arena *arena, size_t size) {
  // Chunks grow with the arena, so that a small tree stays small and a big one asks rarely.
  size_t chunk_size = MIN(MAX(arena->total, (size_t)ARENA_CHUNK_MIN), (size_t)ARENA_CHUNK_MAX);
  bool own_chunk = size > chunk_size / 4;
  size_t payload = own_chunk ? size : chunk_size;
  ArenaChunk *chunk = base_alloc_zeroed(sizeof(ArenaChunk) + payload);
  chunk->next = arena->chunks;
  arena->chunks = chunk;
  arena->total += payload;
  char *p = (char *)(chunk + 1);
  if (!own_chunk) {
    arena->next = p + size;
    arena->end = p + payload;
  }
  return p;
}
