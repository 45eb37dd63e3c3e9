// SPDX-License-Identifier: MIT
// The cache is one open table under one lock; it is asked once per file, never per call. It holds at most CACHE_TEXT_MAX bytes of
// source: programs that generate modules without end do not fill memory.
// Tests: tests/unit/threads/test_code_cache.c.
#include "threads/code_cache.h"

#include "base/hash.h"
#include "base/sync.h"

enum { CACHE_TEXT_MAX = 256 << 20 };

typedef struct Entry {
  CodeCacheKey key;
  CodeBlock *block;
} Entry;

static struct CodeCache {
  Mutex mutex;
  Entry *entries;
  u32 count, capacity;
  u64 text_bytes;
} cache = {.mutex = MUTEX_INIT};

CodeCacheKey code_cache_key(const void *bytes, u32 length, CodeCacheKind kind, const char *name) {
  CodeCacheKey key = {.length = length, .kind = kind, .name = name};
  u64 a = HASH_K0 ^ length, b = HASH_K1 + kind;
  const u8 *p = bytes;
  u32 i = 0;
  for (; i + 16 <= length; i += 16) {
    a = hash_fold(a ^ hash_load8_(p + i), HASH_K2 ^ b);
    b = hash_fold(b ^ hash_load8_(p + i + 8), HASH_K0 ^ a);
  }
  for (; i < length; i++) {
    a = hash_fold(a ^ p[i], HASH_K1);
    b = hash_fold(b + p[i], HASH_K2);
  }
  for (const char *c = name; *c; c++) a = hash_fold(a ^ (u8)*c, HASH_K2);
  key.hash[0] = a;
  key.hash[1] = b;
  return key;
}

static bool same_key(const CodeCacheKey *a, const CodeCacheKey *b) {
  return a->hash[0] == b->hash[0] && a->hash[1] == b->hash[1] && a->length == b->length && a->kind == b->kind &&
         strcmp(a->name, b->name) == 0;
}

static Entry *place_of(const CodeCacheKey *key) {
  u32 mask = cache.capacity - 1, i = (u32)key->hash[0] & mask;
  while (cache.entries[i].block && !same_key(&cache.entries[i].key, key)) i = (i + 1) & mask;
  return &cache.entries[i];
}

CodeBlock *code_cache_find(const CodeCacheKey *key) {
  mutex_lock(&cache.mutex);
  Entry *entry = cache.capacity ? place_of(key) : NULL;
  CodeBlock *block = entry && entry->block ? code_block_retain(entry->block) : NULL;
  mutex_unlock(&cache.mutex);
  return block;
}

static void grow(void) {
  Entry *old = cache.entries;
  u32 old_capacity = cache.capacity;
  cache.capacity = old_capacity ? old_capacity * 2 : 64;
  cache.entries = base_alloc_zeroed(cache.capacity * sizeof(Entry));
  for (u32 i = 0; i < old_capacity; i++) {
    if (old[i].block) *place_of(&old[i].key) = old[i];
  }
  base_free(old);
}

void code_cache_add(const CodeCacheKey *key, CodeBlock *block) {
  mutex_lock(&cache.mutex);
  if (2 * (cache.count + 1) > cache.capacity) grow();
  Entry *entry = place_of(key);
  if (!entry->block && cache.text_bytes + key->length <= CACHE_TEXT_MAX) {
    entry->key = *key;
    ASSERT(strcmp(block->source->name, key->name) == 0);
    entry->key.name = block->source->name; // lives as long as the block
    entry->block = code_block_retain(block);
    cache.count++;
    cache.text_bytes += key->length;
  }
  mutex_unlock(&cache.mutex);
}

void code_cache_clear(void) {
  mutex_lock(&cache.mutex);
  for (u32 i = 0; i < cache.capacity; i++) code_block_release(cache.entries[i].block);
  base_free(cache.entries);
  cache.entries = NULL;
  cache.count = cache.capacity = 0;
  cache.text_bytes = 0;
  mutex_unlock(&cache.mutex);
}
