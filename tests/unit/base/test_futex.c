// SPDX-License-Identifier: MIT
// base/futex: sleeping on words, deadlines, many sleepers on one word.
#include <check.h>

#include "base/atomic.h"
#include "base/futex.h"
#include "base/platform.h"
#include "base/sync.h"

enum { THREADS = 8, ROUNDS = 2000 };

START_TEST(deadlines) {
  u32 word = 1;
  u64 start = platform_clock_ns();
  ck_assert(futex_wait(&word, 0, FUTEX_FOREVER)); // another value: no sleep
  ck_assert(futex_wait(&word, 0, start + 1000000000));
  while (futex_wait(&word, 1, start + 20000000)) {
  }
  ck_assert_uint_ge(platform_clock_ns() - start, 20000000);
  ck_assert(!futex_wait(&word, 1, start)); // in the past
  ck_assert_uint_lt(platform_clock_ns() - start, 5000000000ull);
}
END_TEST

static u32 turn, woken;

static void player(void *arg) {
  u32 me = *(u32 *)arg;
  for (u32 i = 0; i < ROUNDS; i++) {
    u32 now;
    while ((now = atomic_load_seq(&turn)) % 2 != me) (void)futex_wait(&turn, now, FUTEX_FOREVER);
    atomic_add_seq(&turn, 1);
    futex_wake(&turn, 1);
  }
}

START_TEST(ping_pong) {
  Thread threads[2];
  u32 names[2] = {0, 1};
  for (u32 i = 0; i < 2; i++) ck_assert(thread_create(&threads[i], "player", 0, player, &names[i]));
  for (u32 i = 0; i < 2; i++) thread_join(&threads[i]);
  ck_assert_uint_eq(turn, 2 * ROUNDS);
}
END_TEST

static void sleeper(void *arg) {
  u32 *gate = arg;
  while (!atomic_load_seq(gate)) (void)futex_wait(gate, 0, FUTEX_FOREVER);
  atomic_add_seq(&woken, 1);
}

START_TEST(all_at_once) {
  Thread threads[THREADS];
  u32 gate = 0;
  for (u32 i = 0; i < THREADS; i++) ck_assert(thread_create(&threads[i], "sleeper", 0, sleeper, &gate));
  platform_sleep_ns(10000000);
  ck_assert_uint_eq(atomic_load_seq(&woken), 0);
  atomic_store_seq(&gate, 1);
  futex_wake(&gate, UINT32_MAX);
  for (u32 i = 0; i < THREADS; i++) thread_join(&threads[i]);
  ck_assert_uint_eq(woken, THREADS);
}
END_TEST

#include "tests/unit/unit.h"
UNIT_MAIN("futex", deadlines, ping_pong, all_at_once)
