// SPDX-License-Identifier: MIT
// One list of requests under one lock: it changes rarely and is short. A request that is told something holds a reference per notice, because
// what it says may arrive after it has left the list.
// Tests: tests/threads/locks.js.
#include "threads/locks.h"

#include "base/sync.h"

typedef struct LockRequest {
  u32 refs; // under the mutex
  Host *host;
  double id;
  char *name;
  size_t name_size;
  LockFlags flags;
  bool held;
  LockCallback callback;
  LoopMessage granted, stolen;
  struct LockRequest *next;
} LockRequest;

static struct LockRegistry {
  Mutex mutex;
  LockRequest *first; // oldest first
} registry = {.mutex = MUTEX_INIT};

static void release(LockRequest *r) {
  mutex_lock(&registry.mutex);
  bool last = --r->refs == 0;
  mutex_unlock(&registry.mutex);
  if (!last) return;
  base_free(r->name);
  base_free(r);
}

// ---- What is told ----

static void arrived(Host *host, LockRequest *r, LockEvent event) {
  if (host) r->callback(host, r->id, event);
  release(r);
}
static void granted_arrived(Host *host, LoopMessage *m) { arrived(host, CONTAINER_OF(m, LockRequest, granted), LOCK_GRANTED); }
static void stolen_arrived(Host *host, LoopMessage *m) { arrived(host, CONTAINER_OF(m, LockRequest, stolen), LOCK_STOLEN); }

// With the lock.
static void tell(LockRequest *r, LoopMessage *notice) {
  r->refs++;
  loop_post(&r->host->loop, notice);
}

// ---- The list, with the lock ----

static bool same_name(const LockRequest *a, const LockRequest *b) {
  return a->name_size == b->name_size && memcmp(a->name, b->name, a->name_size) == 0;
}

// Nothing older that it has to wait for: who holds a lock stands before those that wait for it.
static bool is_grantable(const LockRequest *r) {
  for (const LockRequest *other = registry.first; other != r; other = other->next) {
    if (same_name(other, r) && !((other->flags & LOCK_SHARED) && (r->flags & LOCK_SHARED))) return false;
  }
  return true;
}

static void unlink_request(LockRequest *r) {
  LockRequest **link = &registry.first;
  while (*link != r) link = &(*link)->next;
  *link = r->next;
}

static void grant_waiting(const LockRequest *gone) {
  for (LockRequest *r = registry.first; r; r = r->next) {
    if (r->held || !same_name(r, gone) || !is_grantable(r)) continue;
    r->held = true;
    tell(r, &r->granted);
  }
}

// Takes the lock from all who hold it.
static void steal(const LockRequest *thief) {
  for (LockRequest *r = registry.first, *next; r; r = next) {
    next = r->next;
    if (!r->held || !same_name(r, thief)) continue;
    tell(r, &r->stolen);
    unlink_request(r);
    r->refs--; // the notice holds it
  }
}

// ---- Doors ----

static LockRequest *request_new(Host *host, double id, const char *name, size_t name_size, LockFlags flags, LockCallback callback) {
  LockRequest *r = base_alloc_zeroed(sizeof *r);
  *r = (LockRequest){.refs = 1,
                     .host = host,
                     .id = id,
                     .name_size = name_size,
                     .flags = flags,
                     .callback = callback,
                     .granted.run = granted_arrived,
                     .stolen.run = stolen_arrived};
  r->name = base_alloc(name_size + 1);
  memcpy(r->name, name, name_size);
  r->name[name_size] = 0;
  return r;
}

LockEvent lock_request(Host *host, double id, const char *name, size_t name_size, LockFlags flags, LockCallback callback) {
  LockRequest *r = request_new(host, id, name, name_size, flags, callback);
  LockEvent answer = LOCK_WAITS;
  mutex_lock(&registry.mutex);
  if (flags & LOCK_STEAL) {
    steal(r);
    r->next = registry.first; // ahead of those that wait
    registry.first = r;
    r->held = true;
    answer = LOCK_GRANTED;
  } else {
    LockRequest **link = &registry.first;
    while (*link) link = &(*link)->next;
    *link = r;
    r->held = is_grantable(r);
    if (r->held) answer = LOCK_GRANTED;
    else if (flags & LOCK_IF_AVAILABLE) answer = LOCK_UNAVAILABLE;
    if (answer == LOCK_UNAVAILABLE) unlink_request(r);
  }
  mutex_unlock(&registry.mutex);
  if (answer == LOCK_UNAVAILABLE) release(r);
  return answer;
}

void lock_release(Host *host, double id) {
  mutex_lock(&registry.mutex);
  LockRequest *r = registry.first;
  while (r && !(r->host == host && r->id == id)) r = r->next;
  if (r) {
    unlink_request(r);
    grant_waiting(r);
  }
  mutex_unlock(&registry.mutex);
  if (r) release(r);
}

void locks_release_all(Host *host) {
  for (;;) {
    mutex_lock(&registry.mutex);
    LockRequest *r = registry.first;
    while (r && r->host != host) r = r->next;
    if (r) {
      unlink_request(r);
      grant_waiting(r);
    }
    mutex_unlock(&registry.mutex);
    if (!r) return;
    release(r);
  }
}

LockFacts *locks_list(u32 *count) {
  mutex_lock(&registry.mutex);
  *count = 0;
  for (const LockRequest *r = registry.first; r; r = r->next) ++*count;
  LockFacts *list = base_alloc((*count + 1) * sizeof *list);
  u32 i = 0;
  for (const LockRequest *r = registry.first; r; r = r->next, i++) {
    list[i] =
        (LockFacts){.name_size = r->name_size, .shared = r->flags & LOCK_SHARED, .held = r->held, .thread_id = r->host->thread_id};
    list[i].name = base_alloc(r->name_size + 1);
    memcpy(list[i].name, r->name, r->name_size + 1);
  }
  mutex_unlock(&registry.mutex);
  return list;
}
