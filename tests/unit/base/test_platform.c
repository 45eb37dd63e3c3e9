// SPDX-License-Identifier: MIT
// base/platform, base/sync, base/atomic, base/rand, base/bytes, base/bits, base/float16, base/math_extra, base/timezone.
#define _GNU_SOURCE
#include <errno.h>
#include <math.h>
#include <pthread.h>

#include "base/atomic.h"
#include "base/float16.h"
#include "base/math_extra.h"
#include "base/platform.h"
#include "base/rand.h"
#include "base/sync.h"
#include "base/timezone.h"
#include "tests/unit/unit.h"

START_TEST(pages) {
  size_t align = 1 << 20, size = 4 << 20;
  char *p = platform_reserve(size, align);
  ck_assert_ptr_nonnull(p);
  ck_assert_uint_eq((uintptr_t)p % align, 0);
  p[0] = p[size - 1] = 1;
  platform_decommit(p, size);
  ck_assert(p[0] == 0 && p[size - 1] == 0);
  platform_protect(p, size);
  ck_assert(platform_commit(p, size));
  p[7] = 1;
  platform_release(p, size);
  ck_assert_ptr_null(platform_reserve((size_t)1 << 62, align));
}
END_TEST

#ifdef __SANITIZE_THREAD__
enum { PROBE_MOST = 16 << 20 }; // what it needs for itself comes on top
#else
enum { PROBE_MOST = 300 * 1024 };
#endif

static void stack_probe(void *arg) {
  char *low, *high, here;
  bool *ok = arg;
  *ok = platform_stack_bounds(&low, &high) && low < &here && &here < high && (size_t)(high - low) <= PROBE_MOST;
}

START_TEST(stack) {
  char *low, *high, here;
  ck_assert(platform_stack_bounds(&low, &high));
  ck_assert(low < &here && &here < high);
#ifdef __GLIBC__
  // What glibc reads from the list of mappings; it leaves arguments and environment out.
  pthread_attr_t attr;
  void *base;
  size_t size;
  ck_assert_int_eq(pthread_getattr_np(pthread_self(), &attr), 0);
  ck_assert_int_eq(pthread_attr_getstack(&attr, &base, &size), 0);
  pthread_attr_destroy(&attr);
  ck_assert(high >= (char *)base + size);
  ck_assert_ptr_eq(low, base);
#endif
  bool ok = false;
  Thread thread;
  ck_assert(thread_create(&thread, "probe", 256 * 1024, stack_probe, &ok));
  thread_join(&thread);
  ck_assert(ok);
}
END_TEST

START_TEST(system_facts) {
  u64 a = platform_clock_ns();
  platform_sleep_ns(2000000);
  ck_assert_uint_ge(platform_clock_ns() - a, 2000000);
  ck_assert(platform_wall_ms() > 1.6e12);
  ck_assert_uint_ge(platform_cpu_count(), 1);
  ck_assert_uint_gt(platform_peak_rss(), 100000);
  ck_assert_uint_gt(platform_physical_memory(), 1 << 20);
  ByteVec text = {0};
  int error = 0;
  ck_assert(!platform_read_file("/nonexistent", &text, &error));
  ck_assert_int_eq(error, ENOENT);
  ck_assert(!platform_read_file("/", &text, &error));
  ck_assert_int_eq(error, EISDIR);
  ck_assert(platform_read_file("/proc/self/status", &text, &error));
  ck_assert_uint_gt(text.len, 100);
  vec_free(&text);
}
END_TEST

typedef struct Shared {
  Mutex mutex;
  Condition condition;
  u32 plain, turns;
  u64 atomic;
} Shared;

static void count_up(void *arg) {
  Shared *shared = arg;
  for (int i = 0; i < 20000; i++) {
    mutex_lock(&shared->mutex);
    shared->plain++;
    mutex_unlock(&shared->mutex);
    atomic_add_seq(&shared->atomic, 1);
  }
  mutex_lock(&shared->mutex);
  shared->turns++;
  condition_signal(&shared->condition);
  mutex_unlock(&shared->mutex);
}

START_TEST(threads) {
  Shared shared = {0};
  mutex_init(&shared.mutex);
  condition_init(&shared.condition);
  Thread thread[4];
  for (int i = 0; i < 4; i++) ck_assert(thread_create(&thread[i], NULL, 0, count_up, &shared));
  mutex_lock(&shared.mutex);
  while (shared.turns < 4) condition_wait(&shared.condition, &shared.mutex);
  ck_assert(!condition_wait_until(&shared.condition, &shared.mutex, platform_clock_ns() + 1000000));
  mutex_unlock(&shared.mutex);
  for (int i = 0; i < 4; i++) thread_join(&thread[i]);
  ck_assert_uint_eq(shared.plain, 80000);
  ck_assert_uint_eq(shared.atomic, 80000);
  u8 cell[8] = {250};
  ck_assert_uint_eq(atomic_modify_sized(cell, 1, ATOMIC_ADD, 10), 250);
  ck_assert(cell[0] == 4 && cell[1] == 0);
  ck_assert_uint_eq(atomic_compare_exchange_sized(cell, 1, 260, 9), 4);
  ck_assert_uint_eq(cell[0], 9);
  condition_destroy(&shared.condition);
  mutex_destroy(&shared.mutex);
}
END_TEST

START_TEST(random_numbers) {
  Rand a, b;
  rand_seed(&a, 42);
  rand_seed(&b, 42);
  double sum = 0;
  for (int i = 0; i < 100000; i++) {
    double x = rand_double(&a);
    ck_assert(x >= 0 && x < 1 && x == rand_double(&b));
    sum += x;
  }
  ck_assert(fabs(sum / 100000 - 0.5) < 0.01);
  rand_seed_from_system(&b);
  ck_assert(rand_next(&a) != rand_next(&b));
}
END_TEST

START_TEST(bytes) {
  u8 buf[16] = {0x11, 0x22, 0x33, 0x44, 0x55, 0x66, 0x77, 0x88, 0x99};
  ck_assert_uint_eq(bytes_load_le32(buf + 1), 0x55443322);
  ck_assert_uint_eq(bytes_load_be64(buf + 1), 0x2233445566778899ULL);
  bytes_store_be16(buf, 0xABCD);
  ck_assert(buf[0] == 0xAB && buf[1] == 0xCD);
  static const u64 samples[] = {0, 1, 127, 128, 16383, 16384, UINT32_MAX, UINT64_MAX};
  for (size_t i = 0; i < ARRAY_LEN(samples); i++) {
    u32 n = bytes_put_varint(buf, samples[i]);
    const u8 *p = buf;
    u64 x;
    ck_assert(bytes_get_varint(&p, buf + n, &x) && x == samples[i] && p == buf + n);
    p = buf;
    ck_assert(!bytes_get_varint(&p, buf + n - 1, &x));
    ck_assert_int_eq(bytes_unzigzag(bytes_zigzag((i64)samples[i])), (i64)samples[i]);
  }
  u64 set[2] = {0};
  bitset_set(set, 3);
  bitset_set(set, 99);
  ck_assert(bitset_next(set, 100, 0) == 3 && bitset_next(set, 100, 4) == 99 && bitset_next(set, 99, 4) == 99 &&
            bitset_next(set, 100, 100) == 100);
  ck_assert(bits_ceil_power_of_two(17) == 32 && bits_ceil_power_of_two(16) == 16 && bits_clz32(0) == 32);
}
END_TEST

START_TEST(half_floats) {
  for (u32 h = 0; h < 0x10000; h++) {
    double d = float16_to_double((u16)h);
    if (isnan(d)) continue;
    ck_assert_uint_eq(float16_from_double(d), h);
    if ((h & 0x7FFF) >= 0x7BFF) continue;
    double next = float16_to_double((u16)(h + 1)), middle = (d + next) / 2;
    ck_assert_uint_eq(float16_from_double(middle), h & 1 ? h + 1 : h);
    ck_assert_uint_eq(float16_from_double(nextafter(middle, next)), h + 1);
    ck_assert_uint_eq(float16_from_double(nextafter(middle, d)), h);
  }
  ck_assert_uint_eq(float16_from_double(65519.99), 0x7BFF);
  ck_assert_uint_eq(float16_from_double(65520), 0x7C00);
  ck_assert_uint_eq(float16_from_double(NAN), 0x7E00);
  ck_assert_uint_eq(float16_from_double(-5e-324), 0x8000);
}
END_TEST

START_TEST(math) {
  ck_assert(math_round(0.5) == 1 && math_round(2.5) == 3 && math_round(-2.5) == -2 && math_round(0.49999999999999994) == 0);
  ck_assert(signbit(math_round(-0.2)) && signbit(math_round(-0.5)) && signbit(math_round(-0.0)) && !signbit(math_round(0.0)) &&
            math_round(4503599627370495.5) == 4503599627370496);
  ck_assert(math_round(-4503599627370495.5) == -4503599627370495.0);
  ck_assert(isnan(math_pow(1, INFINITY)) && isnan(math_pow(1, NAN)) && math_pow(NAN, 0) == 1);
  ck_assert(math_mod(5, 3) == 2 && math_mod(-5, 3) == -2 && signbit(math_mod(-4, 2)) && isnan(math_mod(1, 0)) &&
            signbit(math_mod(-0.0, 2)));
  ck_assert(math_floor_mod(-5, 3) == 1 && !signbit(math_floor_mod(-6, 3)));
  ck_assert_int_eq(math_to_int32(4294967296.0 + 5), 5);
  ck_assert_int_eq(math_to_int32(-1.9), -1);
  ck_assert_int_eq(math_to_int32(0x1p63 + 0x1p11 * 3), 6144);
  ck_assert_int_eq(math_to_int32(-0x1.0000000000001p83), (i32)0x80000000);
  ck_assert_int_eq(math_to_int32(INFINITY), 0);
  ck_assert_int_eq(math_to_int32(NAN), 0);
  i32 i;
  ck_assert(math_is_int32(7, &i) && i == 7 && !math_is_int32(-0.0, &i) && !math_is_int32(0.5, &i) && !math_is_int32(NAN, &i));
}
END_TEST

static double sum_of(const double *x, size_t n) {
  MathSum sum;
  math_sum_init(&sum);
  for (size_t i = 0; i < n; i++) math_sum_add(&sum, x[i]);
  return math_sum_result(&sum);
}
#define SUM(...) sum_of((double[]){__VA_ARGS__}, sizeof((double[]){__VA_ARGS__}) / sizeof(double))

START_TEST(exact_sum) {
  ck_assert(SUM(1e20, 0.1, -1e20) == 0.1);
  ck_assert(SUM(1e308, 1e308, 0.1, 0.1, 1e30, 0.1, -1e30, -1e308, -1e308) == 0.30000000000000004);
  ck_assert(SUM(1e30, 0.1, -1e30) == 0.1);
  ck_assert(SUM(8.98846567431158e307, 8.988465674311579e307, -1.7976931348623157e308) == 9.9792015476736e291);
  ck_assert(SUM(-5.630637621603525e255, 9.565271205476345e307, 2.9937604643020797e292) == 9.565271205476347e307);
  ck_assert(signbit(SUM(-0.0, -0.0)) && !signbit(SUM(-0.0, 0.0)) && !signbit(SUM(1, -1)));
  ck_assert(SUM(INFINITY, 1) == INFINITY && isnan(SUM(INFINITY, -INFINITY)) && isnan(SUM(NAN, INFINITY)));
  ck_assert(SUM(1.7976931348623157e308, 1.7976931348623157e308) == INFINITY);
  ck_assert(SUM(5e-324, 5e-324) == 1e-323 && SUM(-5e-324, 2.2250738585072014e-308) == 2.225073858507201e-308);
  ck_assert(SUM(1, 0x1p-53) == 1 && SUM(1, 0x1p-53, 5e-324) == 1 + 0x1p-52 && SUM(-1, -0x1p-53, -5e-324) == -1 - 0x1p-52);
  MathSum empty;
  math_sum_init(&empty);
  ck_assert(signbit(math_sum_result(&empty)));
}
END_TEST

START_TEST(time_zone) {
  setenv("TZ", "CET-1CEST,M3.5.0,M10.5.0/3", 1);
  timezone_reset();
  ck_assert_int_eq(timezone_offset_at_utc(1704067200000.0), 3600000); // 2024-01-01
  ck_assert_int_eq(timezone_offset_at_utc(1720000000000.0), 7200000); // July
  double spring = 1711850400000.0 + 30 * 60000;                       // 2024-03-31 02:30 local does not exist
  i32 offsets[2];
  ck_assert_uint_eq(timezone_offsets_for_local(spring, offsets), 0);
  ck_assert(offsets[0] == 3600000 && offsets[1] == 7200000);
  ck_assert_int_eq(timezone_offset_at_local(spring), 3600000);
  double autumn = 1729994400000.0 + 30 * 60000; // 2024-10-27 02:30 local occurs twice
  ck_assert_uint_eq(timezone_offsets_for_local(autumn, offsets), 2);
  ck_assert(offsets[0] == 7200000 && offsets[1] == 3600000);
  ck_assert_int_eq(timezone_offset_at_local(autumn), 7200000);
  ck_assert_uint_eq(timezone_offsets_for_local(1720000000000.0, offsets), 1);
  char buf[64];
  timezone_abbreviation(1720000000000.0, buf, sizeof buf);
  ck_assert_str_eq(buf, "CEST");
  setenv("TZ", ":Europe/Berlin", 1);
  timezone_name(buf, sizeof buf);
  ck_assert_str_eq(buf, "Europe/Berlin");
  unsetenv("TZ");
  ck_assert_uint_gt(timezone_name(buf, sizeof buf), 0);
}
END_TEST

UNIT_MAIN("base/platform", pages, stack, system_facts, threads, random_numbers, bytes, half_floats, math, exact_sum, time_zone)
