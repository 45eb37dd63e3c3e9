// SPDX-License-Identifier: MIT
// Mathematics that libm does not have, see math_extra.h. The exact sum is a fixed-point number as wide as the range of
// doubles: adding costs two limbs and a rare carry, needs no memory, and cannot overflow in the middle.
#include "base/math_extra.h"

#include <math.h>

double math_round(double x) {
  if (!(fabs(x) < 0x1p52)) return x; // integral already, or NaN
  if (x >= -0.5 && x < 0.5) return x < 0 ? -0.0 : x == 0 ? x : 0;
  double down = floor(x);
  return x - down >= 0.5 ? down + 1 : down;
}

double math_sign(double x) { return x > 0 ? 1 : x < 0 ? -1 : x; }

double math_pow(double base, double exponent) {
  if (exponent == 2) return base * base;
  if (isnan(exponent)) return NAN;
  if (isinf(exponent) && fabs(base) == 1) return NAN;
  return pow(base, exponent);
}

double math_mod(double x, double y) {
  // Integers are what programs have; fmod is a loop of bits.
  if (x >= 0 && y > 0 && x <= 0x1p53 && y <= 0x1p53) {
    u64 a = (u64)x, b = (u64)y;
    if ((double)a == x && (double)b == y) {
      double r = (double)(a % b);
      return r == 0 ? copysign(0, x) : r;
    }
  }
  return fmod(x, y);
}

double math_floor_mod(double x, double y) {
  double r = fmod(x, y);
  if (r < 0) r += y;
  return r + 0; // -0 becomes 0
}

i32 math_to_int32_slow(double x) {
  u64 bits = bits_of_double(x);
  i32 exponent = (i32)(bits >> 52 & 0x7FF) - 1075;
  if (exponent < 0) return (i32)(i64)x;
  if (exponent > 31) return 0; // a multiple of 2^32, or not finite
  u32 low = (u32)((bits & 0xFFFFFFFFFFFFFULL) << exponent);
  return (i32)(bits >> 63 ? -low : low);
}

enum { SUM_LIMBS = ARRAY_LEN(((MathSum *)0)->limbs) };

void math_sum_init(MathSum *sum) { *sum = (MathSum){0}; }

static void note_infinity(MathSum *sum, u32 which) {
  u32 opposite = MATH_SUM_PLUS_INFINITY + MATH_SUM_MINUS_INFINITY - which;
  if (sum->state == opposite) {
    sum->state = MATH_SUM_NAN;
  } else if (sum->state != MATH_SUM_NAN) {
    sum->state = which;
  }
}

void math_sum_add(MathSum *sum, double x) {
  u64 bits = bits_of_double(x), fraction = bits & 0xFFFFFFFFFFFFFULL;
  u32 exponent = bits >> 52 & 0x7FF;
  bool negative = bits >> 63;
  if (exponent == 0x7FF) {
    if (fraction) {
      sum->state = MATH_SUM_NAN;
    } else {
      note_infinity(sum, negative ? MATH_SUM_MINUS_INFINITY : MATH_SUM_PLUS_INFINITY);
    }
    return;
  }
  if (sum->state == MATH_SUM_MINUS_ZERO && (x != 0 || !negative)) sum->state = MATH_SUM_FINITE;
  u32 shift = exponent ? exponent - 1 : 0;
  if (exponent) fraction |= 1ULL << 52;
  u128 term = (u128)fraction << (shift % 64);
  u64 parts[2] = {(u64)term, (u64)(term >> 64)};
  u64 carry = 0;
  for (u32 i = shift / 64, k = 0; i < SUM_LIMBS && (k < 2 || carry); i++, k++) {
    u64 part = k < 2 ? parts[k] : 0;
    u128 wide = negative ? (u128)sum->limbs[i] - part - carry : (u128)sum->limbs[i] + part + carry;
    sum->limbs[i] = (u64)wide;
    carry = (u64)(wide >> 64) & 1;
  }
}

static u32 bit_length(const u64 *limbs) {
  for (u32 i = SUM_LIMBS; i-- > 0;) {
    if (limbs[i]) return i * 64 + bits_width64(limbs[i]);
  }
  return 0;
}

// 64 bits of the number from bit `from` up.
static u64 bits_from(const u64 *limbs, u32 from) {
  u32 i = from / 64, shift = from % 64;
  u64 low = limbs[i] >> shift;
  return shift && i + 1 < SUM_LIMBS ? low | limbs[i + 1] << (64 - shift) : low;
}

static double round_sum(const u64 *limbs) {
  u32 length = bit_length(limbs);
  // Up to 53 bits, the units of 2^-1074 are the bits of the double, subnormal or not.
  if (length <= 53) return bits_to_double(limbs[0]);
  u32 shift = length - 53;
  u64 kept = bits_from(limbs, shift) & 0x1FFFFFFFFFFFFFULL;
  bool half = bits_from(limbs, shift - 1) & 1, more = false;
  for (u32 i = 0; i < (shift - 1) / 64; i++) more |= limbs[i] != 0;
  more |= (limbs[(shift - 1) / 64] & ((1ULL << ((shift - 1) % 64)) - 1)) != 0;
  u64 bits = ((u64)shift << 52) + kept; // the hidden bit adds the 1 that the exponent lacks
  if (half && (more || (kept & 1))) bits++;
  return bits >> 52 >= 0x7FF ? INFINITY : bits_to_double(bits);
}

double math_sum_result(const MathSum *sum) {
  switch (sum->state) {
  case MATH_SUM_MINUS_ZERO: return -0.0;
  case MATH_SUM_PLUS_INFINITY: return INFINITY;
  case MATH_SUM_MINUS_INFINITY: return -INFINITY;
  case MATH_SUM_NAN: return NAN;
  default: break;
  }
  if (!(sum->limbs[SUM_LIMBS - 1] >> 63)) return round_sum(sum->limbs);
  u64 magnitude[SUM_LIMBS];
  bool carry = true;
  for (u32 i = 0; i < SUM_LIMBS; i++) {
    magnitude[i] = ~sum->limbs[i] + carry;
    carry = carry && magnitude[i] == 0;
  }
  return -round_sum(magnitude);
}
