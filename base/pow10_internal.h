// SPDX-License-Identifier: MIT
// Powers of ten as 128-bit floating numbers, shared by base/dtoa.c and base/strtod.c.
#ifndef WEFT_BASE_POW10_INTERNAL_H
#define WEFT_BASE_POW10_INTERNAL_H

#include "base/base.h"

enum { POW10_MIN = -342, POW10_MAX = 324, POW10_EXACT_MAX = 55 };

// 10^k = significand * 2^(pow10_exponent(k) - 127), with 2^127 <= significand < 2^128 rounded down; exact for 0..55.
extern const u64 pow10_significands[POW10_MAX - POW10_MIN + 1][2]; // high, low
static inline const u64 *pow10_significand(int k) { return pow10_significands[k - POW10_MIN]; }
// floor(log2(10^k)), for |k| <= 1233.
static inline int pow10_exponent(int k) { return (k * 1741647) >> 19; }

#endif
