// SPDX-License-Identifier: MIT
// Emptying the cache of structured clone after a full collection.
// Tests: tests/unit/threads/test_clone.c.
#include "threads/clone_cache.h"

CloneCache *clone_cache_renew(Host *host) {
  CloneCache *cache = host->clone_cache;
  if (!cache && !(cache = host->clone_cache = base_try_alloc(sizeof *cache))) return NULL;
  memset(cache, 0, sizeof *cache);
  cache->full_count = host->iso->heap.stats.full_count;
  return cache;
}
