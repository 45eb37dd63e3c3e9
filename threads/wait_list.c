// SPDX-License-Identifier: MIT
// The process-wide table of waiters (ECMA-262 25.4.1, WaiterList records): buckets of {lock, list}, a place's waiters in one bucket in the
// order in which they came. The place's value is compared under the bucket's lock, so that no notify falls between.
// A thread that blocks sleeps on a word in its own record; who wakes it takes the record out of the list first. An asynchronous waiter
// is native memory of its isolate's Host: notify posts it to that isolate's loop, and only there is the promise resolved. Posting
// happens under the bucket's lock, so that after wait_list_destroy no thread knows the loop.
// Before a thread sleeps it may look at the place for some microseconds, outside of the list: if the value changes it is as if it
// had come later (not-equal), and neither side has made a system call.
// Locks: a bucket's is taken alone or around a loop's own; a Host's alone.
// Tests: tests/unit/threads/test_wait_list.c, tests/threads/, test262's built-ins/Atomics.
#include "threads/wait_list.h"

#include "base/atomic.h"
#include "base/futex.h"
#include "base/hash.h"
#include "base/platform.h"
#include "threads/thread.h"
#include "vm/call.h"
#include "vm/promise.h"

// Of a blocked thread's word.
enum WaiterState { STATE_AWAKE, STATE_SLEEPING, STATE_LOOK, STATE_NOTIFIED };

struct Waiter {
  Waiter *next, *previous;
  BackingStore *store;
  u64 byte_index;
  AsyncWaiter *async; // NULL: a thread that blocks
  bool linked;        // guarded by the bucket
  u32 word;           // WaiterState
  Waiter *outer;      // of the same thread, when an interrupt of a wait runs code that waits
};

struct AsyncWaiter {
  Waiter waiter;
  LoopMessage message;          // on its way once it was notified by another thread
  AsyncWaiter *next, *previous; // HostWaits.asyncs
  Host *host;
  Value promise;
  u64 deadline_ns; // WAIT_FOREVER: none
  double timer;    // 0: none runs
  bool completed;  // notified by its own isolate: in the loop's completions
};

// ---- The table ----

typedef struct Bucket {
  Mutex mutex;
  u32 count; // of the waiters in it; changes under the lock, but notify looks without
  Waiter *first, *last;
} __attribute__((aligned(64))) Bucket;

enum { BUCKET_COUNT = 256 };
static Bucket buckets[BUCKET_COUNT] = {[0 ... BUCKET_COUNT - 1] = {.mutex = MUTEX_INIT}};

static Bucket *bucket_of(const BackingStore *store, u64 byte_index) {
  return &buckets[hash_u64((u64)(uintptr_t)store + byte_index) % BUCKET_COUNT];
}

static void bucket_link(Bucket *b, Waiter *w) {
  w->next = NULL;
  w->previous = b->last;
  if (b->last) b->last->next = w;
  else b->first = w;
  b->last = w;
  w->linked = true;
  atomic_add_seq(&b->count, 1);
}

static void bucket_unlink(Bucket *b, Waiter *w) {
  if (w->previous) w->previous->next = w->next;
  else b->first = w->next;
  if (w->next) w->next->previous = w->previous;
  else b->last = w->previous;
  w->linked = false;
  atomic_sub_seq(&b->count, 1);
}

// true: it was still waiting, and no longer is.
static bool withdraw(Waiter *w) {
  Bucket *b = bucket_of(w->store, w->byte_index);
  mutex_lock(&b->mutex);
  bool linked = w->linked;
  if (linked) bucket_unlink(b, w);
  mutex_unlock(&b->mutex);
  return linked;
}

static u64 current_value(const WaitPlace *place) { return atomic_load_sized(place->store->data + place->byte_index, place->size); }

static u64 deadline_after(u64 timeout_ns) {
  u64 now = platform_clock_ns();
  return timeout_ns < FUTEX_FOREVER - now ? now + timeout_ns : FUTEX_FOREVER;
}

// Compares, and enters the list unless the wait is over at once. OK: it is in the list.
static WaitResult enter_list(const WaitPlace *place, u64 timeout_ns, Waiter *w) {
  Bucket *b = bucket_of(place->store, place->byte_index);
  WaitResult result = WAIT_OK;
  mutex_lock(&b->mutex);
  // Counted before the comparison: a notify that finds no one counted is older than the value that is read here.
  bucket_link(b, w);
  if (current_value(place) != place->expected) result = WAIT_NOT_EQUAL;
  else if (!timeout_ns) result = WAIT_TIMED_OUT;
  if (result != WAIT_OK) bucket_unlink(b, w);
  mutex_unlock(&b->mutex);
  return result;
}

// ---- Blocking ----

static void push_sleeper(Host *host, Waiter *w) {
  mutex_lock(&host->waits.mutex);
  w->outer = host->waits.sleeping;
  host->waits.sleeping = w;
  mutex_unlock(&host->waits.mutex);
}

static void pop_sleeper(Host *host, Waiter *w) {
  mutex_lock(&host->waits.mutex);
  host->waits.sleeping = w->outer;
  mutex_unlock(&host->waits.mutex);
}

// OK: notified. TIMED_OUT: or the deadline passed, and w may still be in a list. FAIL: interrupted.
static WaitResult sleep_on(Isolate *iso, Waiter *w, u64 deadline_ns) {
  for (;;) {
    // An interrupt that came before push_sleeper did not find us; one that comes after this changes the word.
    if (!isolate_poll(iso)) return WAIT_FAIL;
    u32 state = STATE_AWAKE;
    if (atomic_compare_exchange_seq(&w->word, &state, STATE_SLEEPING)) {
      bool in_time = futex_wait(&w->word, STATE_SLEEPING, deadline_ns);
      state = STATE_SLEEPING;
      if (atomic_compare_exchange_seq(&w->word, &state, STATE_AWAKE) && !in_time) return WAIT_TIMED_OUT;
    }
    if (state == STATE_NOTIFIED) return WAIT_OK;
    // Told to look (or nothing: the system may wake us for no reason).
    state = STATE_LOOK;
    (void)atomic_compare_exchange_seq(&w->word, &state, STATE_AWAKE);
    if (state == STATE_NOTIFIED) return WAIT_OK;
  }
}

void wait_list_interrupt(Host *host) {
  mutex_lock(&host->waits.mutex);
  Waiter *w = host->waits.sleeping;
  if (w) {
    u32 state = atomic_load_seq(&w->word);
    while (state < STATE_LOOK && !atomic_compare_exchange_seq(&w->word, &state, STATE_LOOK)) {
    }
    if (state == STATE_SLEEPING) futex_wake(&w->word, 1);
  }
  mutex_unlock(&host->waits.mutex);
}

bool wait_list_sleep(Host *host, u64 ns) {
  Waiter w = {0};
  u64 deadline_ns = deadline_after(ns);
  push_sleeper(host, &w);
  WaitResult result = sleep_on(host->iso, &w, deadline_ns);
  pop_sleeper(host, &w);
  return result != WAIT_FAIL;
}

// ---- Looking before sleeping ----
// Two threads that answer each other at once spend 5 to 50 µs per answer in the system if they sleep, and less than one if they look.
// Looking in vain costs SPIN_NS; each time that it was in vain asks for twice as many short waits before it is tried again.

enum { SPIN_NS = 50000, SHORT_WAIT_NS = 150000, CREDIT_MIN = 2, CREDIT_MAX = 64, FAILURES_MAX = 5, PAUSES = 2 };

static bool is_over(Isolate *iso, u64 *end, u64 deadline_ns) {
  u64 now = platform_clock_ns();
  if (!*end) *end = MIN(now + SPIN_NS, deadline_ns);
  return now >= *end || iso->interrupts;
}

// true: the value is another one.
static bool look(Isolate *iso, const WaitPlace *place, u64 deadline_ns) {
  HostWaits *waits = &host_of(iso)->waits;
  if (waits->credit < (u32)CREDIT_MIN << waits->failures || !waits->can_look) return false;
  u64 end = 0;
  for (u32 i = 1; current_value(place) == place->expected; i++) {
    if (i % 32 == 0 && is_over(iso, &end, deadline_ns)) {
      waits->credit = 0;
      if (waits->failures < FAILURES_MAX) waits->failures++;
      return false;
    }
    // Each look takes the line from the thread that is about to write it.
    for (u32 k = 0; k < PAUSES; k++) atomic_pause();
  }
  waits->failures = 0;
  return true;
}

static void note_sleep(HostWaits *waits, u64 ns) {
  if (ns > SHORT_WAIT_NS) waits->credit = 0;
  else if (waits->credit < CREDIT_MAX) waits->credit++;
}

// ---- Operations ----

static bool wait_can_block(Isolate *iso) { return !host_of(iso)->waits.no_can_block; }

static WaitResult wait_block(Isolate *iso, const WaitPlace *place, u64 timeout_ns) {
  if (current_value(place) != place->expected) return WAIT_NOT_EQUAL;
  u64 deadline_ns = timeout_ns == WAIT_FOREVER ? FUTEX_FOREVER : deadline_after(timeout_ns);
  if (timeout_ns && look(iso, place, deadline_ns)) return WAIT_NOT_EQUAL;
  Host *host = host_of(iso);
  Waiter w = {.store = place->store, .byte_index = place->byte_index};
  u64 start = host->waits.can_look ? platform_clock_ns() : 0;
  WaitResult result = enter_list(place, timeout_ns, &w);
  if (result != WAIT_OK) return result;
  push_sleeper(host, &w);
  result = sleep_on(iso, &w, deadline_ns);
  pop_sleeper(host, &w);
  // Notified between the deadline and now: it counts, notify has counted it.
  if (result != WAIT_OK && !withdraw(&w) && result == WAIT_TIMED_OUT) result = WAIT_OK;
  if (start) note_sleep(&host->waits, platform_clock_ns() - start);
  return result;
}

static void async_notified(Host *host, LoopMessage *message);
static void async_completed(Host *host, Value *args);

// Under the bucket's lock, w out of the list. What is left to do without it: wake the sleeper on the word returned, or nothing.
static u32 *hand_over(Isolate *iso, Waiter *w) {
  if (w->async) {
    EventLoop *loop = &w->async->host->loop;
    Value self = value_from_double((double)(uintptr_t)w->async);
    w->async->completed = w->async->host == host_of(iso);
    if (w->async->completed) loop_add_completion(loop, async_completed, &self, 1);
    else loop_post(loop, &w->async->message);
    return NULL;
  }
  return atomic_exchange_seq(&w->word, STATE_NOTIFIED) == STATE_SLEEPING ? &w->word : NULL;
}

static u64 wait_notify(Isolate *iso, const WaitPlace *place, u64 count) {
  Bucket *b = bucket_of(place->store, place->byte_index);
  // A read-modify-write, so that what this thread wrote before is seen by whoever counts itself after.
  if (!count || !atomic_add_seq(&b->count, 0)) return 0;
  enum { WAKE_LATER = 16 };
  u32 *sleepers[WAKE_LATER], sleeper_count = 0;
  u64 woken = 0;
  mutex_lock(&b->mutex);
  for (Waiter *w = b->first, *next; w && woken < count; w = next) {
    next = w->next;
    if (w->store != place->store || w->byte_index != place->byte_index) continue;
    bucket_unlink(b, w);
    woken++;
    u32 *word = hand_over(iso, w);
    if (!word) continue;
    if (sleeper_count < WAKE_LATER) sleepers[sleeper_count++] = word;
    else futex_wake(word, 1);
  }
  mutex_unlock(&b->mutex);
  for (u32 i = 0; i < sleeper_count; i++) futex_wake(sleepers[i], 1);
  return woken;
}

// ---- Asynchronous waiters: these run on their isolate's thread ----

static void async_free(AsyncWaiter *a) {
  HostWaits *waits = &a->host->waits;
  if (a->timer) (void)loop_stop_timer(&a->host->loop, a->timer);
  if (a->previous) a->previous->next = a->next;
  else waits->asyncs = a->next;
  if (a->next) a->next->previous = a->previous;
  backing_store_release(a->waiter.store);
  base_free(a);
}

static void async_settle(AsyncWaiter *a, WaitResult result) {
  Isolate *iso = a->host->iso;
  JSPromise *promise = (JSPromise *)value_object(a->promise);
  async_free(a);
  promise_fulfill(iso, promise, value_from_cell(result == WAIT_OK ? ATOM_STRING(ok) : ATOM_STRING(timed_out)));
}

static void async_notified(Host *host, LoopMessage *message) {
  AsyncWaiter *a = CONTAINER_OF(message, AsyncWaiter, message);
  if (host) async_settle(a, WAIT_OK);
  else async_free(a);
}

static void async_completed(Host *host, Value *args) {
  (void)host;
  async_settle((AsyncWaiter *)(uintptr_t)value_double(args[0]), WAIT_OK);
}

static void async_start_timer(AsyncWaiter *a);

static void async_timer(Host *host, void *data) {
  (void)host;
  AsyncWaiter *a = data;
  a->timer = 0;
  if (platform_clock_ns() < a->deadline_ns) async_start_timer(a); // the loop's clock is coarser, and its timers are shorter
  else if (withdraw(&a->waiter)) async_settle(a, WAIT_TIMED_OUT);
}

static void async_start_timer(AsyncWaiter *a) {
  enum { TIMER_MS_MAX = INT32_MAX };
  u64 now = platform_clock_ns();
  u64 ms = a->deadline_ns > now ? (a->deadline_ns - now + 999999) / 1000000 : 0;
  a->timer = loop_start_native_timer(&a->host->loop, (u32)MIN(MAX(ms, (u64)1), (u64)TIMER_MS_MAX), async_timer, a);
}

static WaitResult wait_async(Isolate *iso, const WaitPlace *place, u64 timeout_ns, Value promise) {
  Host *host = host_of(iso);
  AsyncWaiter *a = base_alloc_zeroed(sizeof *a);
  a->waiter = (Waiter){.store = backing_store_retain(place->store), .byte_index = place->byte_index, .async = a};
  a->message.run = async_notified;
  a->host = host;
  a->promise = promise;
  a->deadline_ns = deadline_after(timeout_ns);
  a->next = host->waits.asyncs;
  if (a->next) a->next->previous = a;
  host->waits.asyncs = a;
  WaitResult result = enter_list(place, timeout_ns, &a->waiter);
  if (result != WAIT_OK) async_free(a);
  else if (a->deadline_ns != FUTEX_FOREVER) async_start_timer(a);
  return result;
}

const WaitListOps wait_list_ops = {wait_can_block, wait_block, wait_async, wait_notify};

// ---- Of a host ----

void wait_list_init(HostWaits *waits) {
  mutex_init(&waits->mutex);
  waits->can_look = platform_cpu_count() > 1;
}

void wait_list_destroy(Host *host) {
  // Messages on their way are freed by the loop, which runs them with host NULL; completions it forgets.
  for (AsyncWaiter *a = host->waits.asyncs, *next; a; a = next) {
    next = a->next;
    if (withdraw(&a->waiter) || a->completed) async_free(a);
  }
}

void wait_list_trace(Host *host, GcTracer *tracer) {
  for (AsyncWaiter *a = host->waits.asyncs; a; a = a->next) gc_trace_word(tracer, value_bits(a->promise));
}
