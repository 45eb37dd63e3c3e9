// SPDX-License-Identifier: MIT
// A thread cannot use more CPU time than time goes by: so whoever has n nanoseconds left needs not be looked at for that long.
// Tests: tests/api/test_limits.c.
#include "threads/cpu_watch.h"

#include "base/platform.h"
#include "base/sync.h"

static struct Watches {
  Mutex mutex;
  Condition changed; // made with the first thread
  CpuWatch *first;
  bool running; // the thread is there
  bool has_condition;
} watches = {.mutex = MUTEX_INIT};

enum { LOOK_MIN_NS = 500 * 1000, IDLE_NS = 1000 * 1000 * 1000 };

static void unlink_watch(CpuWatch *watch) {
  *watch->link = watch->next;
  if (watch->next) watch->next->link = watch->link;
  watch->is_set = false;
}

// With the lock. Returns when to look again.
static u64 look_at_all(u64 now) {
  u64 soonest = UINT64_MAX;
  for (CpuWatch *watch = watches.first, *next; watch; watch = next) {
    next = watch->next;
    if (watch->look_ns <= now) {
      u64 used = platform_thread_clock_ns(watch->clock);
      if (used >= watch->limit_ns) {
        unlink_watch(watch);
        watch->reached(watch->data);
        continue;
      }
      watch->look_ns = now + MAX(watch->limit_ns - used, (u64)LOOK_MIN_NS);
    }
    soonest = MIN(soonest, watch->look_ns);
  }
  return soonest;
}

static void run(void *arg) {
  (void)arg;
  mutex_lock(&watches.mutex);
  for (u64 idle_until = 0;;) {
    u64 now = platform_clock_ns(), until = look_at_all(now);
    if (until == UINT64_MAX) { // who sets one budget sets another soon
      if (!idle_until) idle_until = now + IDLE_NS;
      if (now >= idle_until) break;
      until = idle_until;
    } else {
      idle_until = 0;
    }
    (void)condition_wait_until(&watches.changed, &watches.mutex, until);
  }
  watches.running = false;
  mutex_unlock(&watches.mutex);
}

// With the lock.
static bool start(void) {
  if (!watches.has_condition) condition_init(&watches.changed);
  watches.has_condition = true;
  Thread thread;
  if (!watches.running) {
    if (!thread_create(&thread, "weft-cpu", 64 * 1024, run, NULL)) return false;
    thread_detach(&thread);
  }
  return watches.running = true;
}

bool cpu_watch_set(CpuWatch *watch, u64 ns, void (*reached)(void *data), void *data) {
  cpu_watch_clear(watch);
  i32 clock;
  if (!platform_thread_clock(&clock)) return false;
  u64 used = platform_thread_clock_ns(clock);
  mutex_lock(&watches.mutex);
  bool watched = start();
  if (watched) {
    *watch = (CpuWatch){
        .clock = clock,
        .limit_ns = ns > UINT64_MAX - used ? UINT64_MAX : used + ns,
        .look_ns = platform_clock_ns() + MIN(ns, (u64)INT64_MAX / 2),
        .is_set = true,
        .reached = reached,
        .data = data,
        .next = watches.first,
        .link = &watches.first,
    };
    if (watch->next) watch->next->link = &watch->next;
    watches.first = watch;
    condition_signal(&watches.changed);
  }
  mutex_unlock(&watches.mutex);
  return watched;
}

void cpu_watch_clear(CpuWatch *watch) {
  mutex_lock(&watches.mutex);
  if (watch->is_set) {
    unlink_watch(watch);
    condition_signal(&watches.changed);
  }
  mutex_unlock(&watches.mutex);
}
