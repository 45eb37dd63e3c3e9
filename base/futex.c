// SPDX-License-Identifier: MIT
// Sleeping on words, see futex.h. Tests: tests/unit/base/test_futex.c.
#define _GNU_SOURCE
#include "base/futex.h"

#if defined(__linux__) && !defined(WEFT_NO_FUTEX)

#include <errno.h>
#include <limits.h>
#include <linux/futex.h>
#include <sys/syscall.h>
#include <time.h>
#include <unistd.h>

bool futex_wait(u32 *word, u32 expected, u64 deadline_ns) {
  struct timespec ts = {(time_t)(deadline_ns / 1000000000u), (long)(deadline_ns % 1000000000u)};
  struct timespec *deadline = deadline_ns == FUTEX_FOREVER ? NULL : &ts;
  // The bitset form takes an absolute time of the monotonic clock.
  long result = syscall(SYS_futex, word, FUTEX_WAIT_BITSET_PRIVATE, expected, deadline, NULL, FUTEX_BITSET_MATCH_ANY);
  return result == 0 || errno != ETIMEDOUT;
}

void futex_wake(u32 *word, u32 count) {
  (void)syscall(SYS_futex, word, FUTEX_WAKE_PRIVATE, MIN(count, (u32)INT_MAX), NULL, NULL, 0);
}

#else

#include "base/atomic.h"
#include "base/sync.h"

// Sleepers of several words may share a place: all are woken, and those that were not meant sleep again.
enum { PLACES = 64 };
static struct Place {
  Mutex mutex;
  Condition wake;
} places[PLACES];
static Once places_made = ONCE_INIT;

static void make_places(void) {
  for (u32 i = 0; i < PLACES; i++) {
    mutex_init(&places[i].mutex);
    condition_init(&places[i].wake);
  }
}

static struct Place *place_of(const u32 *word) {
  once_run(&places_made, make_places);
  return &places[((uintptr_t)word >> 4) * 0x9E3779B97F4A7C15u >> 58];
}

bool futex_wait(u32 *word, u32 expected, u64 deadline_ns) {
  struct Place *place = place_of(word);
  bool in_time = true;
  mutex_lock(&place->mutex);
  if (atomic_load_seq(word) == expected) {
    if (deadline_ns == FUTEX_FOREVER) condition_wait(&place->wake, &place->mutex);
    else in_time = condition_wait_until(&place->wake, &place->mutex, deadline_ns);
  }
  mutex_unlock(&place->mutex);
  return in_time;
}

void futex_wake(u32 *word, u32 count) {
  (void)count;
  struct Place *place = place_of(word);
  mutex_lock(&place->mutex);
  condition_broadcast(&place->wake);
  mutex_unlock(&place->mutex);
}

#endif
