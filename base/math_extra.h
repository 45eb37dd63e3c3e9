// SPDX-License-Identifier: MIT
// Mathematics that libm does not have, as ECMA-262 defines it, and the number conversions of the language.
#ifndef WEFT_BASE_MATH_EXTRA_H
#define WEFT_BASE_MATH_EXTRA_H

#include "base/bits.h"

// Math.round: to the nearest integer, halves towards +Infinity, keeping -0.
double math_round(double x);
double math_sign(double x);
// Number::exponentiate, which differs from C's pow where an operand is NaN or the base is +-1 and the exponent infinite.
double math_pow(double base, double exponent);
// Number::remainder; result has the sign of the dividend.
double math_mod(double x, double y);
// Modulo with the sign of the divisor, for the abstract operations that need one (y > 0).
double math_floor_mod(double x, double y);

i32 math_to_int32_slow(double x);
// ToInt32 of a Number: modulo 2^32, NaN and infinities give 0.
static ALWAYS_INLINE i32 math_to_int32(double x) {
  if (LIKELY(x > -9.2e18 && x < 9.2e18)) return (i32)(i64)x;
  return math_to_int32_slow(x);
}
// True when x is an int32 and not -0; then *out is that.
static ALWAYS_INLINE bool math_is_int32(double x, i32 *out) {
  if (!(x >= -2147483648.0 && x <= 2147483647.0)) return false;
  i32 i = (i32)x;
  *out = i;
  return (double)i == x && (i || !(bits_of_double(x) >> 63));
}

// Exact sum of doubles for Math.sumPrecise: one wide fixed-point number that holds any sum of 2^64 doubles, rounded once
// at the end. Lives where the caller puts it, and owns nothing.
typedef struct MathSum {
  u64 limbs[34]; // two's complement, in units of 2^-1074
  u32 state;     // MATH_SUM_*
} MathSum;
enum { MATH_SUM_MINUS_ZERO = 0, MATH_SUM_FINITE = 1, MATH_SUM_PLUS_INFINITY = 2, MATH_SUM_MINUS_INFINITY = 3, MATH_SUM_NAN = 4 };
void math_sum_init(MathSum *sum);
void math_sum_add(MathSum *sum, double x);
double math_sum_result(const MathSum *sum); // -0 when nothing but -0 was added

#endif
