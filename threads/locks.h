// SPDX-License-Identifier: MIT
// Named locks of the whole process (Web Locks): requests wait in the order in which they came; those of an isolate that ends are withdrawn.
#ifndef WEFT_THREADS_LOCKS_H
#define WEFT_THREADS_LOCKS_H

#include "threads/thread.h"

typedef enum LockFlags { LOCK_SHARED = 1, LOCK_IF_AVAILABLE = 2, LOCK_STEAL = 4 } LockFlags;
typedef enum LockEvent { LOCK_GRANTED, LOCK_UNAVAILABLE, LOCK_STOLEN, LOCK_WAITS } LockEvent;

// What is heard of a request, on the owner's thread. May run JS; leaves no exception pending.
typedef void (*LockCallback)(Host *host, double id, LockEvent event);

// `id` is the owner's name for the request. LOCK_WAITS: the answer comes through the owner's loop; LOCK_UNAVAILABLE: forgotten already.
LockEvent lock_request(Host *host, double id, const char *name, size_t name_size, LockFlags flags, LockCallback callback);
// Gives a held lock back, or withdraws a request that waits. Nothing if there is no such request any more.
void lock_release(Host *host, double id);
void locks_release_all(Host *host); // the isolate ends

typedef struct LockFacts {
  char *name; // base_free'd by the caller
  size_t name_size;
  bool shared, held;
  u32 thread_id;
} LockFacts;
// A copy of all requests, oldest first; base_free'd by the caller.
MUST_CHECK LockFacts *locks_list(u32 *count);

#endif
