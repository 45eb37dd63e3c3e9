// SPDX-License-Identifier: MIT
// Text to doubles, correctly rounded. No locale, no sign, no "Infinity", no white space: callers handle those.
#ifndef WEFT_BASE_STRTOD_H
#define WEFT_BASE_STRTOD_H

#include "base/base.h"

// Longest prefix of s[0..n) that is StrUnsignedDecimalLiteral without Infinity: digits, optional point and digits (at least one
// digit in all), optional exponent. *end is after it; when there is none *end is s and the result is NaN.
double strtod_decimal(const char *s, size_t n, const char **end);

// Value of one digit character in radix up to 36, or 36 when it is not one.
u32 strtod_digit_value(u32 c);
// All n characters (n > 0) are digits of the radix (2..36); correctly rounded. Works for literals and for parseInt.
double number_parse_radix(const char *s, size_t n, u32 radix);

#endif
