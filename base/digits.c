// SPDX-License-Identifier: MIT
// Magnitudes of BigInt, the linear part: sums, shifts, bits, doubles. See digits.h; products are in digits_mul.c, quotients
// in digits_div.c, text in digits_text.c.
#include "base/digits.h"

#include <math.h>

#include "base/bits.h"
#include "base/digits_internal.h"

u32 digits_normalize(const u64 *a, u32 n) {
  while (n && !a[n - 1]) n--;
  return n;
}

int digits_compare(const u64 *a, u32 an, const u64 *b, u32 bn) {
  if (an != bn) return an < bn ? -1 : 1;
  return limbs_compare(a, b, an);
}

u64 digits_bit_length(const u64 *a, u32 n) { return n ? (u64)n * 64 - bits_clz64(a[n - 1]) : 0; }

bool digits_get_bit(const u64 *a, u32 n, u64 bit) { return bit / 64 < n && (a[bit / 64] >> (bit % 64) & 1); }

u32 digits_add(u64 *out, const u64 *a, u32 an, const u64 *b, u32 bn) {
  if (an < bn) {
    const u64 *t = a;
    u32 tn = an;
    a = b, an = bn, b = t, bn = tn;
  }
  u64 carry = limbs_add(out, a, b, bn);
  carry = limbs_add_carry(out + bn, a + bn, an - bn, carry);
  if (carry) out[an++] = carry;
  return an;
}

u32 digits_sub(u64 *out, const u64 *a, u32 an, const u64 *b, u32 bn) {
  u64 borrow = limbs_sub(out, a, b, bn);
  borrow = limbs_sub_borrow(out + bn, a + bn, an - bn, borrow);
  ASSERT(!borrow);
  return digits_normalize(out, an);
}

u32 digits_add_u64(u64 *out, const u64 *a, u32 n, u64 b) {
  u64 carry = limbs_add_carry(out, a, n, b);
  if (carry) out[n++] = carry;
  return n;
}

u32 digits_sub_u64(u64 *out, const u64 *a, u32 n, u64 b) {
  limbs_sub_borrow(out, a, n, b);
  return digits_normalize(out, n);
}

u32 digits_shift_left(u64 *out, const u64 *a, u32 n, u64 bits) {
  if (!n) return 0;
  u32 whole = (u32)(bits / 64), part = bits % 64;
  u64 top = part ? a[n - 1] >> (64 - part) : 0;
  for (u32 i = n; i-- > 0;) {
    u64 below = part && i ? a[i - 1] >> (64 - part) : 0;
    out[i + whole] = a[i] << part | below;
  }
  memset(out, 0, whole * sizeof(u64));
  n += whole;
  if (top) out[n++] = top;
  return n;
}

u32 digits_shift_right(u64 *out, const u64 *a, u32 n, u64 bits, bool *lost) {
  u64 whole = bits / 64;
  u32 part = bits % 64;
  if (lost) {
    *lost = false;
    for (u64 i = 0; i < whole && i < n && !*lost; i++) *lost = a[i] != 0;
    if (whole < n && part && a[whole] << (64 - part)) *lost = true;
  }
  if (whole >= n) return 0;
  u32 len = n - (u32)whole;
  for (u32 i = 0; i < len; i++) {
    u64 above = part && i + 1 < len ? a[i + whole + 1] << (64 - part) : 0;
    out[i] = a[i + whole] >> part | above;
  }
  return digits_normalize(out, len);
}

static ALWAYS_INLINE u64 apply(DigitsBitOp op, u64 x, u64 y) { return op == DIGITS_AND ? x & y : op == DIGITS_OR ? x | y : x ^ y; }

// Negates the two's complement number out[0..n) in place.
static void negate(u64 *out, u32 n) {
  bool carry = true;
  for (u32 i = 0; i < n; i++) {
    out[i] = ~out[i] + carry;
    carry = carry && out[i] == 0;
  }
}

u32 digits_bitwise(DigitsBitOp op, u64 *out, bool *negative, const u64 *a, u32 an, bool a_negative, const u64 *b, u32 bn,
                   bool b_negative) {
  u32 n = MAX(an, bn) + 1;
  // A negative number is ~(magnitude - 1), formed limb by limb with the borrow of that subtraction.
  u64 a_borrow = a_negative, b_borrow = b_negative;
  for (u32 i = 0; i < n; i++) {
    u64 x = i < an ? a[i] : 0, y = i < bn ? b[i] : 0;
    a_borrow = __builtin_sub_overflow(x, a_borrow, &x);
    b_borrow = __builtin_sub_overflow(y, b_borrow, &y);
    out[i] = apply(op, a_negative ? ~x : x, b_negative ? ~y : y);
  }
  *negative = apply(op, a_negative, b_negative) != 0;
  if (*negative) negate(out, n);
  return digits_normalize(out, n);
}

// Clears the bits from `bits` up; returns the normal length.
static u32 truncate_to(u64 *out, u32 n, u64 bits) {
  if (bits / 64 < n) {
    n = (u32)(bits / 64) + 1;
    out[n - 1] &= bits % 64 ? ~0ULL >> (64 - bits % 64) : 0;
  }
  return digits_normalize(out, n);
}

u32 digits_as_uint_n(u64 *out, u64 bits, const u64 *a, u32 n, bool negative) {
  u32 want = (u32)MIN(bits / 64 + 1, (u64)UINT32_MAX);
  u32 copied = MIN(n, want);
  memmove(out, a, copied * sizeof(u64));
  if (!negative) return truncate_to(out, copied, bits);
  memset(out + copied, 0, (want - copied) * sizeof(u64));
  negate(out, want);
  return truncate_to(out, want, bits);
}

u32 digits_as_int_n(u64 *out, bool *out_negative, u64 bits, const u64 *a, u32 n, bool negative) {
  *out_negative = false;
  if (!bits) return 0;
  if (digits_bit_length(a, n) < bits) {
    memmove(out, a, n * sizeof(u64));
    *out_negative = negative && n;
    return n;
  }
  n = digits_as_uint_n(out, bits, a, n, negative);
  if (!digits_get_bit(out, n, bits - 1)) return n;
  // 2^bits - n: the magnitude of the negative number with these low bits.
  *out_negative = true;
  u32 want = (u32)(bits / 64) + 1;
  memset(out + n, 0, (want - n) * sizeof(u64));
  negate(out, want);
  return truncate_to(out, want, bits);
}

u64 digits_low_u64(const u64 *a, u32 n, bool negative) {
  u64 low = n ? a[0] : 0;
  return negative ? -low : low;
}

double digits_to_double(const u64 *a, u32 n) {
  if (!n) return 0;
  u64 length = digits_bit_length(a, n);
  if (length > 1024) return INFINITY;
  u32 shift = bits_clz64(a[n - 1]);
  u64 top = a[n - 1] << shift;
  bool more = false;
  if (n > 1) {
    if (shift) top |= a[n - 2] >> (64 - shift);
    more = shift ? (a[n - 2] << shift) != 0 : a[n - 2] != 0;
    for (u32 i = 0; i + 2 < n && !more; i++) more = a[i] != 0;
  }
  u64 kept = top >> 11, rest = top & 0x7FF;
  if (rest > 0x400 || (rest == 0x400 && (more || (kept & 1)))) kept++;
  return ldexp((double)kept, (int)length - 53);
}

u32 digits_from_double(u64 *out, double v) {
  u64 bits = bits_of_double(v), fraction = bits & 0xFFFFFFFFFFFFFULL;
  int exponent = (int)(bits >> 52 & 0x7FF) - 1075;
  fraction |= 1ULL << 52;
  if (exponent <= -53) return 0;
  if (exponent <= 0) return digits_from_u64(out, fraction >> -exponent);
  return digits_shift_left(out, &fraction, 1, (u64)exponent);
}

int digits_compare_double(const u64 *a, u32 n, double v) {
  u64 limbs[17];
  double whole = floor(v);
  int order = digits_compare(a, n, limbs, digits_from_double(limbs, whole));
  return order ? order : v > whole ? -1 : 0;
}
