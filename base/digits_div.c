// SPDX-License-Identifier: MIT
// Quotients of magnitudes: Knuth's algorithm D, and the recursive division of Burnikel and Ziegler for long ones, which
// turns division into products of half the length. See digits.h.
#include "base/bits.h"
#include "base/digits_internal.h"

enum { RECURSIVE_MIN = 64 };

u32 digits_divrem_u64(u64 *out, u64 *rem, const u64 *a, u32 n, u64 b) {
  u64 rest = 0;
  if (b >> 32 == 0) {
    for (u32 i = n; i-- > 0;) { // two divisions of the machine's short kind
      u64 high = rest << 32 | a[i] >> 32;
      u64 low = (high % b) << 32 | (a[i] & UINT32_MAX);
      out[i] = (high / b) << 32 | low / b;
      rest = low % b;
    }
  } else {
    for (u32 i = n; i-- > 0;) {
      u128 x = (u128)rest << 64 | a[i];
      out[i] = (u64)(x / b);
      rest = (u64)(x - (u128)out[i] * b);
    }
  }
  if (rem) *rem = rest;
  return digits_normalize(out, n);
}

// floor of (high, low) by d, which has its top bit set and is above high: 2 by 1 with a precomputed reciprocal
// (Moeller and Granlund, "Improved division by invariant integers").
static ALWAYS_INLINE u64 divide_2by1(u64 *rem, u64 high, u64 low, u64 d, u64 reciprocal) {
  u128 q = (u128)reciprocal * high + ((u128)high << 64 | low);
  u64 q1 = (u64)(q >> 64) + 1, q0 = (u64)q;
  u64 r = low - q1 * d;
  if (r > q0) q1--, r += d;
  if (UNLIKELY(r >= d)) q1++, r -= d;
  *rem = r;
  return q1;
}

static u64 reciprocal_of(u64 d) { return (u64)(~(u128)0 / d - ((u128)1 << 64)); }

// Algorithm D. a has an + 1 limbs, the top one below b's; b has bn >= 2 limbs and its top bit set. Leaves the remainder in
// a[0..bn) and puts an - bn + 1 limbs into q, unless it is NULL.
static bool divide_knuth(u64 *q, u64 *a, u32 an, const u64 *b, u32 bn, DigitsWork *work) {
  u64 top = b[bn - 1], next = b[bn - 2], reciprocal = reciprocal_of(top);
  for (u32 i = an - bn + 1; i-- > 0;) {
    u64 *at = a + i, guess, rest;
    bool over = false;
    if (at[bn] >= top) {
      guess = UINT64_MAX;
      over = __builtin_add_overflow(at[bn - 1], top, &rest); // the remainder of this guess
    } else {
      guess = divide_2by1(&rest, at[bn], at[bn - 1], top, reciprocal);
    }
    while (!over && (u128)guess * next > ((u128)rest << 64 | at[bn - 2])) {
      guess--;
      over = __builtin_add_overflow(rest, top, &rest);
    }
    u64 owed = limbs_sub_mul(at, b, bn, guess);
    bool negative = __builtin_sub_overflow(at[bn], owed, &at[bn]);
    if (UNLIKELY(negative)) {
      guess--;
      at[bn] += limbs_add(at, at, b, bn);
    }
    if (q) q[i] = guess;
    if (!digits_step(work, bn)) return false;
  }
  return true;
}

static bool divide_2n_by_n(u64 *q, u64 *a, const u64 *b, u32 n, u64 *scratch, DigitsWork *work);

// a[0..3h) / b[0..2h), the upper 2h limbs of a below b. q gets h limbs, a[0..2h) the remainder, a[2h..3h) zeros.
static bool divide_3h_by_2h(u64 *q, u64 *a, const u64 *b, u32 h, u64 *scratch, DigitsWork *work) {
  const u64 *b_high = b + h;
  if (limbs_compare(a + 2 * h, b_high, h) < 0) {
    if (!divide_2n_by_n(q, a + h, b_high, h, scratch, work)) return false;
  } else {
    // The quotient of the upper parts would not fit; its largest value leaves a remainder of a1 + b_high.
    memset(q, 0xFF, h * sizeof(u64));
    memset(a + 2 * h, 0, h * sizeof(u64));
    a[2 * h] = limbs_add(a + h, a + h, b_high, h);
  }
  u64 *product = scratch;
  if (!limbs_mul_equal(product, q, b, h, scratch + 2 * h, work)) return false;
  i64 top = (i64)a[2 * h] - (i64)limbs_sub(a, a, product, 2 * h);
  while (top < 0) {
    limbs_sub_borrow(q, q, h, 1);
    top += (i64)limbs_add(a, a, b, 2 * h);
  }
  a[2 * h] = (u64)top;
  return true;
}

// a[0..2n) / b[0..n), the upper half of a below b, b with its top bit set. q gets n limbs, a[0..n) the remainder, a[n..2n) zeros.
static bool divide_2n_by_n(u64 *q, u64 *a, const u64 *b, u32 n, u64 *scratch, DigitsWork *work) {
  if (n % 2 || n < RECURSIVE_MIN) {
    // The top limb may equal b's, which algorithm D allows for.
    if (!divide_knuth(q, a, 2 * n - 1, b, n, work)) return false;
    memset(a + n, 0, n * sizeof(u64));
    return true;
  }
  u32 h = n / 2;
  return divide_3h_by_2h(q + h, a + h, b, h, scratch, work) && divide_3h_by_2h(q, a, b, h, scratch, work);
}

typedef struct Division {
  u64 *quot, *rem;
  u32 *rem_len;
  const u64 *a, *b;
  u32 an, bn;
} Division;

static void put_remainder(const Division *d, const u64 *rest, u32 n, u64 shift) {
  if (d->rem) *d->rem_len = digits_shift_right(d->rem, rest, digits_normalize(rest, n), shift, NULL);
}

// The shifted dividend's topmost limbs, n + part of them (part < n): too few for the recursion to pay when `part` is small.
static bool divide_top(u64 *q, u64 *a, u32 part, const u64 *b, u32 n, u64 *scratch, DigitsWork *work) {
  if (part >= RECURSIVE_MIN) return divide_2n_by_n(q, a, b, n, scratch, work);
  return divide_knuth(q, a, n + part, b, n, work);
}

static u32 divide_long(const Division *d, DigitsWork *work) {
  // The divisor is padded below to m * 2^levels limbs, so that it can be halved down to about RECURSIVE_MIN.
  u32 m = d->bn, levels = 0;
  for (; m >= RECURSIVE_MIN; levels++) m = (m + 1) / 2;
  u32 n = m << levels;
  u64 shift = (u64)n * 64 - digits_bit_length(d->b, d->bn);
  u64 room = ((d->an + shift / 64 + 1) / n + 2) * n;
  u64 *memory = digits_scratch(2 * room + n + 2 * (u64)n + limbs_mul_equal_scratch(n));
  if (!memory) return DIGITS_FAIL;
  u64 *a = memory, *q = a + room, *b = q + room, *scratch = b + n;
  u32 an = digits_shift_left(a, d->a, d->an, shift);
  memset(a + an, 0, (room - an) * sizeof(u64));
  memset(q, 0, room * sizeof(u64));
  digits_shift_left(b, d->b, d->bn, shift);
  u32 top = an / n - 1; // an >= n, because the dividend is not below the divisor
  bool ok = divide_top(q + (u64)top * n, a + (u64)top * n, an % n, b, n, scratch, work);
  for (u32 i = top; ok && i-- > 0;) ok = divide_2n_by_n(q + (u64)i * n, a + (u64)i * n, b, n, scratch, work);
  u32 qn = DIGITS_FAIL;
  if (ok) {
    qn = digits_normalize(q, (u32)room);
    if (d->quot) memcpy(d->quot, q, qn * sizeof(u64));
    put_remainder(d, a, n, shift);
  }
  base_free(memory);
  return qn;
}

static u32 divide_short(const Division *d, DigitsWork *work) {
  u32 shift = bits_clz64(d->b[d->bn - 1]);
  u64 *memory = digits_scratch((u64)d->an + 2 + d->bn + 1 + (d->an - d->bn + 1));
  if (!memory) return DIGITS_FAIL;
  u64 *a = memory, *b = a + d->an + 2, *q = b + d->bn + 1;
  a[d->an] = 0;
  digits_shift_left(a, d->a, d->an, shift);
  digits_shift_left(b, d->b, d->bn, shift);
  u32 qn = DIGITS_FAIL;
  if (divide_knuth(q, a, d->an, b, d->bn, work)) {
    qn = digits_normalize(q, d->an - d->bn + 1);
    if (d->quot) memcpy(d->quot, q, qn * sizeof(u64));
    put_remainder(d, a, d->bn, shift);
  }
  base_free(memory);
  return qn;
}

u32 digits_divrem(u64 *quot, u64 *rem, u32 *rem_len, const u64 *a, u32 an, const u64 *b, u32 bn, DigitsWork *work) {
  if (digits_compare(a, an, b, bn) < 0) {
    if (rem) {
      memcpy(rem, a, an * sizeof(u64));
      *rem_len = an;
    }
    return 0;
  }
  if (bn == 1) {
    u64 rest;
    u64 *out = quot ? quot : digits_scratch(an);
    if (!out) return DIGITS_FAIL;
    u32 qn = digits_divrem_u64(out, &rest, a, an, b[0]);
    if (rem) *rem_len = digits_from_u64(rem, rest);
    if (!quot) base_free(out);
    return qn;
  }
  Division d = {quot, rem, rem_len, a, b, an, bn};
  u32 quotient_limbs = an - bn + 1;
  bool is_long = bn >= 2 * RECURSIVE_MIN && quotient_limbs >= RECURSIVE_MIN && quotient_limbs >= bn / 16;
  return is_long ? divide_long(&d, work) : divide_short(&d, work);
}
