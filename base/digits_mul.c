// SPDX-License-Identifier: MIT
// Products of magnitudes: schoolbook for short ones, Karatsuba above. See digits.h.
#include "base/digits_internal.h"

enum { KARATSUBA_MIN = 34 };

u32 digits_mul_u64(u64 *out, const u64 *a, u32 n, u64 b) {
  u64 carry = limbs_mul(out, a, n, b);
  if (carry) out[n++] = carry;
  return b ? n : 0;
}

static void mul_schoolbook(u64 *out, const u64 *a, u32 an, const u64 *b, u32 bn) {
  out[an] = limbs_mul(out, a, an, b[0]);
  for (u32 i = 1; i < bn; i++) out[an + i] = limbs_add_mul(out + i, a, an, b[i]);
}

// out = |a - b| for a of n limbs and b of bn <= n limbs; true when a < b.
static bool absolute_difference(u64 *out, const u64 *a, const u64 *b, u32 n, u32 bn) {
  bool less = !digits_normalize(a + bn, n - bn) && limbs_compare(a, b, bn) < 0;
  if (less) {
    limbs_sub(out, b, a, bn);
    memset(out + bn, 0, (n - bn) * sizeof(u64));
  } else {
    u64 borrow = limbs_sub(out, a, b, bn);
    limbs_sub_borrow(out + bn, a + bn, n - bn, borrow);
  }
  return less;
}

// With a = a1*B + a0: a*b = z2*B^2 + (z0 + z2 - (a0-a1)(b0-b1))*B + z0.
bool limbs_mul_equal(u64 *out, const u64 *a, const u64 *b, u32 n, u64 *scratch, DigitsWork *work) {
  if (n < KARATSUBA_MIN) {
    mul_schoolbook(out, a, n, b, n);
    return digits_step(work, (u64)n * n);
  }
  u32 low = (n + 1) / 2, high = n - low;
  u64 *product = scratch, *middle = product + 2 * low, *rest = middle + 2 * low + 1;
  bool a_less = absolute_difference(middle, a, a + low, low, high);
  bool b_less = absolute_difference(middle + low, b, b + low, low, high);
  if (!limbs_mul_equal(product, middle, middle + low, low, rest, work)) return false;
  if (!limbs_mul_equal(out, a, b, low, rest, work)) return false;
  if (!limbs_mul_equal(out + 2 * low, a + low, b + low, high, rest, work)) return false;
  u64 carry = limbs_add(middle, out, out + 2 * low, 2 * high);
  middle[2 * low] = limbs_add_carry(middle + 2 * high, out + 2 * high, 2 * (low - high), carry);
  if (a_less == b_less) {
    middle[2 * low] -= limbs_sub(middle, middle, product, 2 * low);
  } else {
    middle[2 * low] += limbs_add(middle, middle, product, 2 * low);
  }
  u32 room = 2 * n - low, width = MIN(2 * low + 1, room);
  carry = limbs_add(out + low, out + low, middle, width);
  limbs_add_carry(out + low + width, out + low + width, room - width, carry);
  return true;
}

// a is longer: it is cut into pieces of b's length, whose products are added up.
static bool mul_unequal(u64 *out, const u64 *a, u32 an, const u64 *b, u32 bn, u64 *scratch, DigitsWork *work) {
  u64 *piece = scratch, *rest = scratch + 2 * bn;
  if (!limbs_mul_equal(out, a, b, bn, rest, work)) return false;
  for (u32 at = bn; at < an; at += bn) {
    u32 n = MIN(bn, an - at);
    if (n == bn) {
      if (!limbs_mul_equal(piece, a + at, b, bn, rest, work)) return false;
    } else {
      u32 len = digits_normalize(a + at, n), wrote = 0;
      if (len) wrote = digits_mul(piece, b, bn, a + at, len, work);
      if (wrote == DIGITS_FAIL) return false;
      memset(piece + wrote, 0, (bn + n - wrote) * sizeof(u64));
    }
    // out[0..at+bn) holds the sum so far; the piece overlaps its upper bn limbs.
    u64 carry = limbs_add(out + at, out + at, piece, bn);
    limbs_add_carry(out + at + bn, piece + bn, n, carry);
  }
  return true;
}

u32 digits_mul(u64 *out, const u64 *a, u32 an, const u64 *b, u32 bn, DigitsWork *work) {
  if (!an || !bn) return 0;
  if (an < bn) {
    const u64 *t = a;
    u32 tn = an;
    a = b, an = bn, b = t, bn = tn;
  }
  if (bn < KARATSUBA_MIN) {
    mul_schoolbook(out, a, an, b, bn);
    if (!digits_step(work, (u64)an * bn)) return DIGITS_FAIL;
    return digits_normalize(out, an + bn);
  }
  u64 *scratch = digits_scratch(2 * (u64)bn + limbs_mul_equal_scratch(bn));
  if (!scratch) return DIGITS_FAIL;
  bool ok = an == bn ? limbs_mul_equal(out, a, b, bn, scratch, work) : mul_unequal(out, a, an, b, bn, scratch, work);
  base_free(scratch);
  return ok ? digits_normalize(out, an + bn) : DIGITS_FAIL;
}
