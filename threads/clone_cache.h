// SPDX-License-Identifier: MIT
// CloneCache: what structured clone remembers of one message for the next. Posting {id, text} a million times looks at its shape once on
// this side, and makes the shape once on the other.
// Weak: forgotten by every full collection (shapes live that long); so nothing traces it. Made on first use, 2 KB.
#ifndef WEFT_THREADS_CLONE_CACHE_H
#define WEFT_THREADS_CLONE_CACHE_H

#include "threads/thread.h"

enum { CLONE_CACHE_SIZE = 8, CLONE_KEYS_MAX = 96 };
// A shape and what TAG_NEW_SHAPE says of its keys.
typedef struct ShapeKeys {
  const Shape *shape; // NULL: free
  const Realm *realm; // whose Object.prototype it has
  u32 hash;           // of the bytes
  u8 size;            // 0: not written yet, or too long
  bool reusable;      // written: a clone in the same realm has this very shape
  u8 bytes[CLONE_KEYS_MAX];
} ShapeKeys;

typedef struct CloneCache {
  u64 full_count;                      // collections when it was valid
  ShapeKeys written[CLONE_CACHE_SIZE]; // by the shape's id: plain data properties, an ordinary object's prototype
  ShapeKeys read[CLONE_CACHE_SIZE];    // by hash
} CloneCache;

CloneCache *clone_cache_renew(Host *host);
// NULL: the isolate has no host, or there is no memory. Valid until the next allocation in the isolate.
static ALWAYS_INLINE CloneCache *clone_cache(Isolate *iso) {
  Host *host = host_of(iso);
  if (UNLIKELY(!host)) return NULL;
  CloneCache *cache = host->clone_cache;
  return LIKELY(cache && cache->full_count == iso->heap.stats.full_count) ? cache : clone_cache_renew(host);
}

#endif
