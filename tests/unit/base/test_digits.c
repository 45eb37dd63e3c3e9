// SPDX-License-Identifier: MIT
// base/digits: identities between the operations on random magnitudes of many lengths, and known values.
#include <math.h>

#include "base/bits.h"
#include "base/digits.h"
#include "base/rand.h"
#include "tests/unit/unit.h"

enum { LIMBS = 3000 };
static Rand rng;

// Limbs that are often all zeros or all ones, where carries and wrong guesses hide.
static u32 random_magnitude(u64 *out, u32 n) {
  for (u32 i = 0; i < n; i++) {
    u64 x = rand_next(&rng);
    out[i] = x % 8 == 0 ? 0 : x % 8 == 1 ? UINT64_MAX : x % 8 == 2 ? 1ULL << (x >> 58) : x;
  }
  return digits_normalize(out, n);
}

static u32 random_length(void) {
  u32 pick = rand_next(&rng) % 16;
  u32 limit = pick < 8 ? 6 : pick < 12 ? 80 : pick < 15 ? 300 : 1200;
  return (u32)(rand_next(&rng) % limit);
}

static u64 a[LIMBS], b[LIMBS], c[LIMBS * 2], d[LIMBS * 2], e[LIMBS * 4], f[LIMBS * 4];

START_TEST(distributive) {
  rand_seed(&rng, 1);
  for (int i = 0; i < 3000; i++) {
    u32 an = random_magnitude(a, random_length()), bn = random_magnitude(b, random_length()),
        cn = random_magnitude(c, random_length());
    // a * (b + c) == a * b + a * c
    u32 sn = digits_add(d, b, bn, c, cn);
    u32 left = digits_mul(e, a, an, d, sn, NULL);
    u32 xn = digits_mul(f, a, an, b, bn, NULL);
    u32 yn = digits_mul(d, a, an, c, cn, NULL);
    u32 right = digits_add(f, f, xn, d, yn);
    ck_assert_int_eq(digits_compare(e, left, f, right), 0);
    // (b + c) - c == b
    sn = digits_add(d, b, bn, c, cn);
    sn = digits_sub(d, d, sn, c, cn);
    ck_assert_int_eq(digits_compare(d, sn, b, bn), 0);
  }
}
END_TEST

START_TEST(karatsuba) {
  rand_seed(&rng, 2);
  for (u32 n = 30; n < 400; n += 1 + n / 8) {
    for (int round = 0; round < 30; round++) {
      u32 an = random_magnitude(a, n), bn = random_magnitude(b, n + (u32)(rand_next(&rng) % (round % 2 ? 3 : 400)));
      u32 len = digits_mul(e, a, an, b, bn, NULL);
      memset(f, 0, sizeof f);
      u32 fn = 0;
      for (u32 i = 0; i < an; i++) {
        u32 pn = digits_mul_u64(d, b, bn, a[i]);
        u32 rest = digits_add(f + i, f + i, fn > i ? fn - i : 0, d, pn);
        fn = MAX(fn, i + rest);
      }
      fn = digits_normalize(f, fn);
      ck_assert_int_eq(digits_compare(e, len, f, fn), 0);
    }
  }
}
END_TEST

START_TEST(division) {
  rand_seed(&rng, 3);
  for (int i = 0; i < 6000; i++) {
    u32 an = random_magnitude(a, random_length() + random_length()), bn = random_magnitude(b, random_length());
    if (!bn) continue;
    u32 rn = 0, qn = digits_divrem(c, d, &rn, a, an, b, bn, NULL);
    ck_assert_uint_ne(qn, DIGITS_FAIL);
    ck_assert_int_lt(digits_compare(d, rn, b, bn), 0);
    u32 len = digits_mul(e, c, qn, b, bn, NULL);
    len = digits_add(e, e, len, d, rn);
    ck_assert_int_eq(digits_compare(e, len, a, an), 0);
    ck_assert_uint_eq(digits_divrem(NULL, NULL, NULL, a, an, b, bn, NULL), qn);
  }
}
END_TEST

START_TEST(shifts) {
  rand_seed(&rng, 4);
  for (int i = 0; i < 3000; i++) {
    u32 an = random_magnitude(a, random_length());
    u64 bits = rand_next(&rng) % 300;
    u32 len = digits_shift_left(c, a, an, bits);
    ck_assert(!an || digits_bit_length(c, len) == digits_bit_length(a, an) + bits);
    bool lost;
    u32 back = digits_shift_right(d, c, len, bits, &lost);
    ck_assert(!lost && !digits_compare(d, back, a, an));
    back = digits_shift_right(c, c, len, bits + 1, &lost);
    ck_assert(lost == (an && (a[0] & 1)));
    memcpy(d, a, an * 8);
    len = digits_shift_left(d, d, an, bits); // in place
    len = digits_shift_right(d, d, len, bits, NULL);
    ck_assert_int_eq(digits_compare(d, len, a, an), 0);
  }
}
END_TEST

static const char *const factorial_25 = "15511210043330985984000000";

START_TEST(text) {
  rand_seed(&rng, 5);
  static char out[LIMBS * 70];
  for (int i = 0; i < 3000; i++) {
    u32 an = random_magnitude(a, random_length()), radix = 2 + (u32)(rand_next(&rng) % 35);
    if (i % 2) radix = 10;
    size_t n;
    ck_assert_uint_le(digits_text_bound(a, an, radix), sizeof out);
    ck_assert(digits_to_text(out, &n, a, an, radix, NULL));
    ck_assert_uint_le(n, digits_text_bound(a, an, radix));
    ck_assert(n == 1 || out[0] != '0');
    ck_assert_uint_lt(digits_limbs_bound(n, radix), ARRAY_LEN(c));
    u32 len = digits_from_text(c, out, n, radix, NULL);
    ck_assert_uint_le(len, digits_limbs_bound(n, radix));
    ck_assert_int_eq(digits_compare(c, len, a, an), 0);
  }
  u32 len = digits_from_u64(a, 1);
  for (u64 i = 2; i <= 25; i++) len = digits_mul_u64(a, a, len, i);
  size_t n;
  ck_assert(digits_to_text(out, &n, a, len, 10, NULL));
  out[n] = 0;
  ck_assert_str_eq(out, factorial_25);
  ck_assert_uint_eq(digits_from_text(c, "00000ff", 7, 16, NULL), 1);
  ck_assert_uint_eq(c[0], 255);
  ck_assert_uint_eq(digits_from_text(c, "000", 3, 10, NULL), 0);
}
END_TEST

START_TEST(doubles) {
  rand_seed(&rng, 6);
  u64 limbs[18];
  for (int i = 0; i < 100000; i++) {
    double v = floor(fabs(bits_to_double(rand_next(&rng))));
    if (!isfinite(v)) continue;
    u32 n = digits_from_double(limbs, v);
    ck_assert(digits_to_double(limbs, n) == v);
    ck_assert_int_eq(digits_compare_double(limbs, n, v), 0);
    if (v < 0x1p52) ck_assert_int_eq(digits_compare_double(limbs, n, v + 0.5), -1);
  }
  // 2^53 + 1 is half way and goes to even; a bit far below decides.
  a[0] = (1ULL << 53) + 1;
  ck_assert(digits_to_double(a, 1) == 0x1p53);
  u32 n = digits_shift_left(b, a, 1, 200);
  b[0] |= 1;
  ck_assert(digits_to_double(b, n) == (0x1p53 + 2) * 0x1p200);
  for (int i = 0; i < 16; i++) a[i] = UINT64_MAX;
  ck_assert(isinf(digits_to_double(a, 16)));
  ck_assert(digits_to_double(a, 0) == 0);
}
END_TEST

START_TEST(bit_operations) {
  rand_seed(&rng, 7);
  for (int i = 0; i < 20000; i++) {
    // Against 64-bit integers.
    i64 x = (i64)(rand_next(&rng) >> (1 + rand_next(&rng) % 63)), y = (i64)(rand_next(&rng) >> (1 + rand_next(&rng) % 63));
    if (i & 1) x = -x;
    if (i & 2) y = -y;
    a[0] = (u64)(x < 0 ? -x : x), b[0] = (u64)(y < 0 ? -y : y);
    for (int op = 0; op < 3; op++) {
      i64 want = op == DIGITS_AND ? x & y : op == DIGITS_OR ? x | y : x ^ y;
      bool negative;
      u32 n = digits_bitwise((DigitsBitOp)op, c, &negative, a, x != 0, x < 0, b, y != 0, y < 0);
      i64 got = n ? (i64)c[0] : 0;
      ck_assert(n <= 1 && (negative ? -got : got) == want && negative == (want < 0));
    }
    u64 bits = rand_next(&rng) % 63 + 1;
    u64 low = (u64)x & ((1ULL << bits) - 1);
    u32 n = digits_as_uint_n(c, bits, a, x != 0, x < 0);
    ck_assert_uint_eq(n ? c[0] : 0, low);
    bool negative;
    n = digits_as_int_n(c, &negative, bits, a, x != 0, x < 0);
    i64 got = n ? (i64)c[0] : 0, want = (i64)(low << (64 - bits)) >> (64 - bits);
    ck_assert(n <= 1 && (negative ? -got : got) == want);
    ck_assert_uint_eq(digits_low_u64(a, x != 0, x < 0), (u64)x);
  }
  // asUintN(128, -1) and asIntN(64, 2^63)
  a[0] = 1;
  ck_assert_uint_eq(digits_as_uint_n(c, 128, a, 1, true), 2);
  ck_assert(c[0] == UINT64_MAX && c[1] == UINT64_MAX);
  a[0] = 1ULL << 63;
  bool negative;
  ck_assert_uint_eq(digits_as_int_n(c, &negative, 64, a, 1, false), 1);
  ck_assert(negative && c[0] == 1ULL << 63);
  ck_assert_uint_eq(digits_as_int_n(c, &negative, 64, a, 1, true), 1);
  ck_assert(negative && c[0] == 1ULL << 63);
  ck_assert_uint_eq(digits_as_uint_n(c, 0, a, 1, true), 0);
}
END_TEST

static bool refuse(void *data) {
  ++*(int *)data;
  return false;
}

START_TEST(interruption) {
  enum { N = 60000 };
  u64 *big = base_alloc(N * 8), *out = base_alloc(2 * N * 8);
  memset(big, 0x5A, N * 8);
  int asked = 0;
  DigitsWork work = {.poll = refuse, .data = &asked};
  ck_assert_uint_eq(digits_mul(out, big, N, big, N, &work), DIGITS_FAIL);
  ck_assert(work.interrupted && asked == 1);
  work.interrupted = false;
  ck_assert_uint_eq(digits_divrem(out, NULL, NULL, big, N, big, N / 2, &work), DIGITS_FAIL);
  ck_assert(work.interrupted);
  char *text = base_alloc(digits_text_bound(big, N, 10));
  size_t n;
  work.interrupted = false;
  ck_assert(!digits_to_text(text, &n, big, N, 10, &work));
  ck_assert(work.interrupted);
  memset(text, '7', N);
  work.interrupted = false;
  work.steps = 0;
  memset(text, '7', 1000000);
  ck_assert_uint_eq(digits_from_text(out, text, 1000000, 10, &work), DIGITS_FAIL);
  ck_assert(work.interrupted);
  base_free(text);
  base_free(out);
  base_free(big);
}
END_TEST

UNIT_MAIN("base/digits", distributive, karatsuba, division, shifts, text, doubles, bit_operations, interruption)
