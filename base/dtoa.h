// SPDX-License-Identifier: MIT
// Doubles to text, exactly as ECMA-262 says. Texts are ASCII without a terminating zero; functions return their length.
#ifndef WEFT_BASE_DTOA_H
#define WEFT_BASE_DTOA_H

#include "base/base.h"

enum {
  NUMBER_TEXT_MAX = 40,       // the longest text has 25; the rest lets copies have a fixed size
  NUMBER_FIXED_MAX = 128,     // sign, 21 digits, point, 100 digits
  NUMBER_PRECISION_MAX = 128, // sign, 100 digits, point, exponent; also for exponential
  NUMBER_RADIX_MAX = 2200,
};

// Shortest digits that read back as v, and among those the closest. v is finite and greater than zero.
// Returns the count k, 1..17; the value is 0.d1d2...dk * 10^point, so that `point` is ECMA-262's n.
int dtoa_digits(double v, char digits[17], int *point);

// Number::toString(v, 10).
size_t number_to_text(double v, char buf[NUMBER_TEXT_MAX]);
size_t number_i32_to_text(i32 v, char buf[NUMBER_TEXT_MAX]);
size_t number_u64_to_text(u64 v, char buf[NUMBER_TEXT_MAX]);

// Number.prototype.toFixed for finite |v| < 1e21 and 0 <= fraction <= 100.
size_t number_to_fixed(double v, int fraction, char buf[NUMBER_FIXED_MAX]);
// Number.prototype.toExponential for finite v; fraction 0..100, or -1 for as many digits as necessary.
size_t number_to_exponential(double v, int fraction, char buf[NUMBER_PRECISION_MAX]);
// Number.prototype.toPrecision for finite v; precision 1..100.
size_t number_to_precision(double v, int precision, char buf[NUMBER_PRECISION_MAX]);
// Number::toString(v, radix), radix 2..36 and not 10 (10 gives number_to_text); finite or not. Digits as V8 prints them.
size_t number_to_radix(double v, int radix, char buf[NUMBER_RADIX_MAX]);

#endif
