// SPDX-License-Identifier: MIT
// threads/wait_list: order, counts, timeouts, asynchronous waiters, interrupts and termination, many threads at once.
#include "tests/unit/unit.h"

#include "base/atomic.h"
#include "base/platform.h"
#include "base/rand.h"
#include "threads/thread.h"
#include "vm/call.h"
#include "vm/promise.h"

static bool nothing_uncaught(Host *host, Value exception, Value promise) {
  (void)host;
  (void)exception;
  (void)promise;
  ck_abort_msg("an exception");
}
static const HostCalls calls = {.uncaught = nothing_uncaught};
static const u64 MS = 1000000;

static Host *make_host(void (*fill_hooks)(Hooks *)) {
  HostConfig config = {.calls = &calls, .fill_hooks = fill_hooks};
  Host *host = host_new(&config);
  ck_assert_ptr_nonnull(host);
  return host;
}

static BackingStore *make_store(void) {
  BackingStore *store = backing_store_new(64, 0, true, false);
  ck_assert_ptr_nonnull(store);
  return store;
}

static WaitPlace place(BackingStore *store, u64 index) { return (WaitPlace){.store = store, .byte_index = index * 4, .size = 4}; }

static u32 *word(BackingStore *store, u64 index) { return (u32 *)(void *)(store->data + index * 4); }

static WaitResult wait_for(Host *host, WaitPlace p, u64 ns) { return wait_list_ops.wait(host->iso, &p, ns); }
static u64 notify(Host *host, WaitPlace p, u64 count) { return wait_list_ops.notify(host->iso, &p, count); }

// ---- A thread that waits once ----

typedef struct Waiting {
  Thread thread;
  BackingStore *store;
  Host *host; // published with `ready`
  void (*fill_hooks)(Hooks *);
  u64 index, timeout_ns;
  u32 ready;
  u32 *order; // counts those that woke
  WaitResult result;
  u32 rank;
  bool terminating;
} Waiting;

static void wait_once(void *arg) {
  Waiting *w = arg;
  w->host = make_host(w->fill_hooks);
  atomic_store_seq(&w->ready, 1);
  w->result = wait_for(w->host, place(w->store, w->index), w->timeout_ns ? w->timeout_ns : WAIT_FOREVER);
  w->terminating = w->host->iso->terminating;
  if (w->order) w->rank = atomic_add_seq(w->order, 1);
  atomic_store_seq(&w->ready, 2);
  while (atomic_load_seq(&w->ready) == 2) platform_sleep_ns(MS); // others may still want to end the host
  host_destroy(w->host);
}

static bool is_asleep(Host *host) {
  mutex_lock(&host->waits.mutex);
  bool asleep = host->waits.sleeping != NULL;
  mutex_unlock(&host->waits.mutex);
  return asleep;
}

static void start_waiting(Waiting *w) {
  ck_assert(thread_create(&w->thread, "waiting", 0, wait_once, w));
  while (!atomic_load_seq(&w->ready) || !is_asleep(w->host)) platform_sleep_ns(MS / 10);
}

static void await_end(Waiting *w) {
  while (atomic_load_seq(&w->ready) != 2) platform_sleep_ns(MS / 10);
}

static void end_waiting(Waiting *w) {
  await_end(w);
  atomic_store_seq(&w->ready, 3);
  thread_join(&w->thread);
}

// ---- Order and counts ----

enum { WAITERS = 5 };

START_TEST(first_come_first_served) {
  Host *host = make_host(NULL);
  BackingStore *store = make_store();
  Waiting waiting[WAITERS] = {0};
  u32 order = 0;
  for (u32 i = 0; i < WAITERS; i++) {
    waiting[i] = (Waiting){.store = store, .order = &order};
    start_waiting(&waiting[i]);
  }
  for (u32 i = 0; i < WAITERS; i++) {
    ck_assert_uint_eq(notify(host, place(store, 0), 1), 1);
    await_end(&waiting[i]);
    ck_assert_int_eq(waiting[i].result, WAIT_OK);
    ck_assert_uint_eq(waiting[i].rank, i);
  }
  for (u32 i = 0; i < WAITERS; i++) end_waiting(&waiting[i]);
  backing_store_release(store);
  host_destroy(host);
}
END_TEST

START_TEST(counts_and_places) {
  Host *host = make_host(NULL);
  BackingStore *store = make_store(), *other = make_store();
  Waiting waiting[WAITERS] = {0};
  for (u32 i = 0; i < WAITERS; i++) {
    waiting[i] = (Waiting){.store = store, .index = 3};
    start_waiting(&waiting[i]);
  }
  ck_assert_uint_eq(notify(host, place(store, 0), UINT64_MAX), 0);
  ck_assert_uint_eq(notify(host, place(other, 3), UINT64_MAX), 0);
  ck_assert_uint_eq(notify(host, place(store, 3), 0), 0);
  ck_assert_uint_eq(notify(host, place(store, 3), 2), 2);
  ck_assert_uint_eq(notify(host, place(store, 3), UINT64_MAX), WAITERS - 2);
  ck_assert_uint_eq(notify(host, place(store, 3), UINT64_MAX), 0);
  for (u32 i = 0; i < WAITERS; i++) {
    end_waiting(&waiting[i]);
    ck_assert_int_eq(waiting[i].result, WAIT_OK);
  }
  backing_store_release(store);
  backing_store_release(other);
  host_destroy(host);
}
END_TEST

START_TEST(timeouts) {
  Host *host = make_host(NULL);
  BackingStore *store = make_store();
  *word(store, 1) = 7;
  ck_assert_int_eq(wait_for(host, place(store, 1), WAIT_FOREVER), WAIT_NOT_EQUAL);
  ck_assert_int_eq(wait_for(host, place(store, 1), 0), WAIT_NOT_EQUAL);
  ck_assert_int_eq(wait_for(host, place(store, 0), 0), WAIT_TIMED_OUT);
  u64 start = platform_clock_ns();
  ck_assert_int_eq(wait_for(host, place(store, 0), 30 * MS), WAIT_TIMED_OUT);
  ck_assert_uint_ge(platform_clock_ns() - start, 30 * MS);
  ck_assert_uint_eq(notify(host, place(store, 0), UINT64_MAX), 0);
  start = platform_clock_ns();
  ck_assert(wait_list_sleep(host, 5 * MS));
  ck_assert_uint_ge(platform_clock_ns() - start, 5 * MS);
  backing_store_release(store);
  host_destroy(host);
}
END_TEST

// ---- Interrupts ----

START_TEST(termination) {
  BackingStore *store = make_store();
  Host *host = make_host(NULL);
  Waiting waiting[WAITERS] = {0};
  for (u32 i = 0; i < WAITERS; i++) {
    waiting[i] = (Waiting){.store = store};
    start_waiting(&waiting[i]);
  }
  isolate_terminate(waiting[2].host->iso);
  await_end(&waiting[2]);
  ck_assert_int_eq(waiting[2].result, WAIT_FAIL);
  ck_assert(waiting[2].terminating);
  for (u32 i = 0; i < WAITERS; i++) ck_assert(i == 2 || is_asleep(waiting[i].host));
  ck_assert_uint_eq(notify(host, place(store, 0), UINT64_MAX), WAITERS - 1);
  for (u32 i = 0; i < WAITERS; i++) end_waiting(&waiting[i]);
  // Told to end before it waits.
  isolate_terminate(host->iso);
  ck_assert_int_eq(wait_for(host, place(store, 0), WAIT_FOREVER), WAIT_FAIL);
  ck_assert(host->iso->terminating);
  backing_store_release(store);
  host_destroy(host);
}
END_TEST

static u32 interrupted;
static BackingStore *nested_store;

static bool wait_in_interrupt(Isolate *iso) {
  WaitPlace p = place(nested_store, 5);
  u32 round = atomic_add_seq(&interrupted, 1);
  WaitResult expected = round ? WAIT_OK : WAIT_TIMED_OUT;
  ck_assert_int_eq(wait_list_ops.wait(iso, &p, round ? WAIT_FOREVER : 2 * MS), expected);
  return true;
}
static void interrupt_hook(Hooks *hooks) { hooks->interrupt = wait_in_interrupt; }

START_TEST(waits_within_waits) {
  nested_store = make_store();
  Host *host = make_host(NULL);
  Waiting w = {.store = nested_store, .fill_hooks = interrupt_hook};
  start_waiting(&w);
  isolate_request_interrupt(w.host->iso, INTERRUPT_CALLBACK);
  while (atomic_load_seq(&interrupted) != 1) platform_sleep_ns(MS);
  platform_sleep_ns(10 * MS);
  ck_assert(is_asleep(w.host));
  isolate_request_interrupt(w.host->iso, INTERRUPT_CALLBACK);
  while (atomic_load_seq(&interrupted) != 2) platform_sleep_ns(MS);
  // The outer wait keeps its place meanwhile, and learns afterwards that it was notified.
  ck_assert_uint_eq(notify(host, place(nested_store, 0), 1), 1);
  while (!notify(host, place(nested_store, 5), 1)) platform_sleep_ns(MS);
  end_waiting(&w);
  ck_assert_int_eq(w.result, WAIT_OK);
  backing_store_release(nested_store);
  host_destroy(host);
}
END_TEST

// ---- Asynchronous ----

static JSPromise *wait_async(Host *host, WaitPlace p, u64 ns) {
  JSPromise *promise = promise_new(host->iso);
  ck_assert_ptr_nonnull(promise);
  ck_assert_int_eq(wait_list_ops.wait_async(host->iso, &p, ns, value_from_object(promise)), WAIT_OK);
  return promise;
}

static void expect(Isolate *iso, JSPromise *promise, const char *text) {
  ck_assert_int_eq(promise->state, PROMISE_FULFILLED);
  char *utf8 = str_to_utf8(iso, value_string(slot_get(&promise->result)), NULL);
  ck_assert_str_eq(utf8, text);
  base_free(utf8);
}

typedef struct NotifyTask {
  BackingStore *store;
  u64 woken;
} NotifyTask;

static void notify_from_elsewhere(void *arg) {
  NotifyTask *task = arg;
  Host *host = make_host(NULL);
  task->woken = notify(host, place(task->store, 0), 2);
  host_destroy(host);
}

START_TEST(promises) {
  Host *host = make_host(NULL);
  BackingStore *store = make_store();
  WaitPlace zero = place(store, 0);
  ck_assert_int_eq(wait_list_ops.wait_async(host->iso, &zero, 0, VALUE_UNDEFINED), WAIT_TIMED_OUT);
  JSPromise *first = wait_async(host, zero, WAIT_FOREVER), *second = wait_async(host, zero, 1000000 * MS);
  JSPromise *third = wait_async(host, zero, WAIT_FOREVER), *late = wait_async(host, place(store, 1), 10 * MS);
  NotifyTask task = {store, 0};
  Thread thread;
  ck_assert(thread_create(&thread, "notify", 0, notify_from_elsewhere, &task));
  thread_join(&thread);
  ck_assert_uint_eq(task.woken, 2);
  ck_assert_int_eq(first->state, PROMISE_PENDING);
  (void)loop_turn(host); // nothing keeps it alive: one turn
  expect(host->iso, first, "ok");
  expect(host->iso, second, "ok");
  ck_assert_int_eq(third->state, PROMISE_PENDING);
  ck_assert_uint_eq(notify(host, zero, UINT64_MAX), 1);
  ck_assert_int_eq(third->state, PROMISE_PENDING); // in a task of its own
  (void)loop_turn(host);
  expect(host->iso, third, "ok");
  platform_sleep_ns(15 * MS);
  (void)loop_turn(host);
  expect(host->iso, late, "timed-out");
  // Its end takes along who still waits, was told from here, or was told from elsewhere.
  gc_collect(heap_of(host->iso), true);
  (void)wait_async(host, place(store, 1), 1000000 * MS);
  (void)wait_async(host, zero, WAIT_FOREVER);
  (void)wait_async(host, zero, WAIT_FOREVER);
  ck_assert(thread_create(&thread, "notify", 0, notify_from_elsewhere, &task));
  thread_join(&thread);
  (void)wait_async(host, zero, WAIT_FOREVER);
  ck_assert_uint_eq(notify(host, zero, 1), 1);
  host_destroy(host);
  host = make_host(NULL);
  ck_assert_uint_eq(notify(host, zero, UINT64_MAX), 0);
  ck_assert_uint_eq(notify(host, place(store, 1), UINT64_MAX), 0);
  ck_assert_uint_eq(store->refs, 1);
  backing_store_release(store);
  host_destroy(host);
}
END_TEST

// ---- Many at once ----
// Every thread waits and notifies at random; each notify that was counted is one wait that was answered.

enum { CROWD = 8, CROWD_ROUNDS = 1500 };
static u64 answered, counted;
static u32 crowd_done, crowd_seed;

static void crowd_member(void *arg) {
  BackingStore *store = arg;
  Host *host = make_host(NULL);
  Rand rand;
  rand_seed(&rand, atomic_add_seq(&crowd_seed, 1));
  for (u32 i = 0; i < CROWD_ROUNDS; i++) {
    u64 r = rand_next(&rand);
    WaitPlace p = place(store, r % 3);
    if (r >> 32 & 1) {
      WaitResult result = wait_for(host, p, (r >> 40) % (MS / 5));
      ck_assert_int_ne(result, WAIT_FAIL);
      if (result == WAIT_OK) atomic_add_seq(&answered, 1);
    } else {
      atomic_store_seq(word(store, r % 3), (u32)(r >> 50 & 7) == 0);
      atomic_add_seq(&counted, notify(host, p, 1 + (r >> 56) % 3));
    }
    if (!(i % 64)) isolate_request_interrupt(host->iso, INTERRUPT_CALLBACK);
  }
  atomic_add_seq(&crowd_done, 1);
  host_destroy(host);
}

START_TEST(crowd) {
  BackingStore *store = make_store();
  Thread threads[CROWD];
  for (u32 i = 0; i < CROWD; i++) ck_assert(thread_create(&threads[i], "crowd", 0, crowd_member, store));
  for (u32 i = 0; i < CROWD; i++) thread_join(&threads[i]);
  ck_assert_uint_eq(crowd_done, CROWD);
  ck_assert_uint_eq(answered, counted);
  ck_assert_uint_gt(answered, 0);
  Host *host = make_host(NULL);
  for (u64 i = 0; i < 3; i++) ck_assert_uint_eq(notify(host, place(store, i), UINT64_MAX), 0);
  host_destroy(host);
  backing_store_release(store);
}
END_TEST

// Two threads that answer each other: with and without looking before sleeping, no answer is lost.
static void answer(void *arg) {
  BackingStore *store = arg;
  Host *host = make_host(NULL);
  for (u32 i = 1; i <= 20000; i++) {
    WaitPlace p = place(store, 0);
    p.expected = i - 1;
    while (atomic_load_seq(word(store, 0)) != i) ck_assert_int_ne(wait_for(host, p, WAIT_FOREVER), WAIT_FAIL);
    atomic_store_seq(word(store, 1), i);
    (void)notify(host, place(store, 1), 1);
  }
  host_destroy(host);
}

START_TEST(ping_pong) {
  BackingStore *store = make_store();
  Host *host = make_host(NULL);
  Thread thread;
  ck_assert(thread_create(&thread, "answer", 0, answer, store));
  for (u32 i = 1; i <= 20000; i++) {
    atomic_store_seq(word(store, 0), i);
    (void)notify(host, place(store, 0), 1);
    WaitPlace p = place(store, 1);
    p.expected = i - 1;
    while (atomic_load_seq(word(store, 1)) != i) ck_assert_int_ne(wait_for(host, p, WAIT_FOREVER), WAIT_FAIL);
  }
  thread_join(&thread);
  host_destroy(host);
  backing_store_release(store);
}
END_TEST

UNIT_MAIN("wait_list", first_come_first_served, counts_and_places, timeouts, termination, waits_within_waits, promises, crowd,
          ping_pong)
