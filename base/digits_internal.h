// SPDX-License-Identifier: MIT
// Shared by base/digits*.c: loops over limbs of equal length, and the step counter of interruptible work.
#ifndef WEFT_BASE_DIGITS_INTERNAL_H
#define WEFT_BASE_DIGITS_INTERNAL_H

#include "base/digits.h"

enum { DIGITS_STEPS_PER_POLL = 1 << 20 };

// Counts n limb steps; false when the work was told to stop.
MUST_CHECK static inline bool digits_step(DigitsWork *work, u64 n) {
  if (!work || !work->poll) return true;
  work->steps += n;
  if (LIKELY(work->steps < DIGITS_STEPS_PER_POLL)) return true;
  work->steps = 0;
  if (work->poll(work->data)) return true;
  work->interrupted = true;
  return false;
}

// Each returns the carry or borrow. Operands may be the same array.
static inline u64 limbs_add(u64 *out, const u64 *a, const u64 *b, u32 n) {
  u64 carry = 0;
  for (u32 i = 0; i < n; i++) {
    u64 x, sum;
    u64 c1 = __builtin_add_overflow(a[i], b[i], &x);
    u64 c2 = __builtin_add_overflow(x, carry, &sum);
    out[i] = sum;
    carry = c1 | c2;
  }
  return carry;
}
static inline u64 limbs_sub(u64 *out, const u64 *a, const u64 *b, u32 n) {
  u64 borrow = 0;
  for (u32 i = 0; i < n; i++) {
    u64 x, difference;
    u64 c1 = __builtin_sub_overflow(a[i], b[i], &x);
    u64 c2 = __builtin_sub_overflow(x, borrow, &difference);
    out[i] = difference;
    borrow = c1 | c2;
  }
  return borrow;
}
static inline u64 limbs_add_carry(u64 *out, const u64 *a, u32 n, u64 carry) {
  u32 i = 0;
  for (; i < n && carry; i++) carry = __builtin_add_overflow(a[i], carry, &out[i]);
  if (out != a && i < n) memmove(out + i, a + i, (n - i) * sizeof(u64));
  return carry;
}
static inline u64 limbs_sub_borrow(u64 *out, const u64 *a, u32 n, u64 borrow) {
  u32 i = 0;
  for (; i < n && borrow; i++) borrow = __builtin_sub_overflow(a[i], borrow, &out[i]);
  if (out != a && i < n) memmove(out + i, a + i, (n - i) * sizeof(u64));
  return borrow;
}
static inline int limbs_compare(const u64 *a, const u64 *b, u32 n) {
  while (n-- > 0) {
    if (a[n] != b[n]) return a[n] < b[n] ? -1 : 1;
  }
  return 0;
}
// out = a * m; returns the limb that is left over.
static inline u64 limbs_mul(u64 *out, const u64 *a, u32 n, u64 m) {
  u64 carry = 0;
  for (u32 i = 0; i < n; i++) {
    u128 x = (u128)a[i] * m + carry;
    out[i] = (u64)x;
    carry = (u64)(x >> 64);
  }
  return carry;
}
// out += a * m; returns the limb that is left over.
static inline u64 limbs_add_mul(u64 *out, const u64 *a, u32 n, u64 m) {
  u64 carry = 0;
  for (u32 i = 0; i < n; i++) {
    u128 x = (u128)a[i] * m + out[i] + carry;
    out[i] = (u64)x;
    carry = (u64)(x >> 64);
  }
  return carry;
}
// out -= a * m; returns the limb that is still owed.
static inline u64 limbs_sub_mul(u64 *out, const u64 *a, u32 n, u64 m) {
  u64 borrow = 0;
  for (u32 i = 0; i < n; i++) {
    u128 x = (u128)a[i] * m + borrow;
    borrow = (u64)(x >> 64) + __builtin_sub_overflow(out[i], (u64)x, &out[i]);
  }
  return borrow;
}

static inline u64 *digits_scratch(u64 limbs) { return base_try_alloc(limbs * sizeof(u64)); }

// out[0..2n) = a[0..n) * b[0..n), which need not be normal. `scratch` has digits_square_scratch(n) limbs.
MUST_CHECK bool limbs_mul_equal(u64 *out, const u64 *a, const u64 *b, u32 n, u64 *scratch, DigitsWork *work);
static inline u64 limbs_mul_equal_scratch(u32 n) { return 4 * (u64)n + 256; }

#endif
